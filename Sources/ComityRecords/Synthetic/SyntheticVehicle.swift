import ComityMessages

/// A made-up vehicle, registered to the made-up person of the same number.
struct SyntheticVehicle {
    /// Four digits, or `NX`.
    var plateYear: String
    var plateType: String
    /// The elements of `RecordSchema.vehicleElements`, in that order; empty where there is nothing to say.
    var elements: [String]

    init(seed: UInt64, owner: MemberCode, index: Int, registeredTo person: SyntheticPerson, today: Day) {
        var draws = Draws(seed: seed ^ 0x7E41_C1E, owner: owner, person: index)
        let number = index + 1
        let year = today.civil.year
        plateYear = draws.once(in: 40) ? "NX" : String(year + draws.below(2))
        plateType = draws.pick(["PC", "PC", "PC", "PC", "TK", "MC"])
        let kind = draws.pick(Self.models)
        let parts = kind.split(separator: " ").map(String.init)
        elements = [
            FakeNumber.plate(number: number), plateYear, plateType,
            FakeNumber.vin(owner: owner, number: number),
            parts[0], parts[1], String(year - draws.below(25)),
            draws.pick(["WHI", "BLK", "SIL", "RED", "BLU", "GRN"]),
            parts[2], person.name.full, person.address, draws.once(in: 60) ? "SYNTHETIC STOLEN FLAG" : "",
        ]
    }

    /// Make, model and style, all made up.
    private static let models = [
        "EXMP ALPHA 4D", "EXMP BRAVO 2D", "SMPL CITY 4D", "SMPL HAULER PK", "TEST WAGON SW", "TEST RIDER MC",
    ]
}
