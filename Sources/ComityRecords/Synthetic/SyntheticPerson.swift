import ComityMessages

/// A made-up driver. Every value is visibly fake.
struct SyntheticPerson {
    var name: PersonName
    /// `ccyymmdd`.
    var birth: String
    var sex: String
    var isProtected: Bool
    var isMinor: Bool
    /// `standard`, `real-id`, `commercial`, `permit` or `id-card`.
    var documentClass: String
    var address: String
    /// The value of `IMG`: a pattern, never a face.
    var photo: String
    /// The elements of `RecordSchema.driverElements`, in that order; empty where there is nothing to say.
    var elements: [String]
    var history: [String]

    /// - Parameters:
    ///   - index: the person's place among the owner's people, from 0.
    ///   - today: the day on which ages are counted.
    init(seed: UInt64, owner: MemberCode, index: Int, today: Day) {
        // Now and then two people share name, birth date and sex, as they do in life.
        var who = Draws(
            seed: seed, owner: owner, person: Self.sharesIdentityWithPrevious(index) ? index - 1 : index)
        var draws = Draws(seed: seed ^ 0xD21_7E5, owner: owner, person: index)
        let number = index + 1
        let licence = FakeNumber.licence(owner: owner, number: number)

        name = Self.name(&who)
        isMinor = Self.isMinor(index)
        let age = isMinor ? 15 + who.below(2) : 19 + who.below(70)
        birth = Self.compact(Day(number: today.number - age * 365 - age / 4 - 10 - who.below(340)))
        sex = who.pick(["F", "M", "F", "M", "F", "M", "X"])
        isProtected = Self.isProtected(index)
        documentClass =
            isMinor
            ? "permit"
            : draws.pick([
                "standard", "standard", "standard", "real-id", "real-id", "commercial", "permit", "id-card",
            ])
        address = "\(1 + draws.below(9999)) EXAMPLE ST SAMPLETOWN \(owner) 00000"
        photo = SyntheticPicture(cells: draws.next()).base64
        let expiry = Day(number: today.number + draws.below(2000) - 120)
        let suspended = draws.once(in: 20)
        elements = [
            licence, name.full, birth, sex,
            "\(5 + draws.below(2))" + FakeNumber.padded(draws.below(12), 2),
            "\(100 + draws.below(150))",
            draws.pick(["BRO", "BLU", "GRN", "HAZ", "BLK"]), draws.pick(["BRO", "BLK", "BLN", "GRY", "RED"]),
            address, Self.licenceType[documentClass] ?? "DL", documentClass == "commercial" ? "A" : "C",
            draws.once(in: 3) ? "CORRECTIVE LENSES" : "NONE", Self.compact(expiry),
            suspended ? "SUSPENDED" : expiry < today ? "EXPIRED" : "VALID",
            FakeNumber.socialSecurity(&draws),
            documentClass.uppercased().split(separator: "-").joined(separator: " "),
            draws.once(in: 50) ? "SYNTHETIC CAUTION FLAG" : "",
        ]
        history = (0..<draws.below(4)).map { _ in
            let day = Self.compact(Day(number: today.number - 1 - draws.below(1800)))
            return "\(day) \(draws.pick(Self.events)) SAMPLE COURT \(1 + draws.below(99))"
        }
    }

    // Rare on purpose, and at fixed places, so that every owner has some of each and tests find them.
    static func sharesIdentityWithPrevious(_ index: Int) -> Bool { index % 50 == 8 }
    static func isMinor(_ index: Int) -> Bool { index % 25 == 14 }
    static func isProtected(_ index: Int) -> Bool { index % 30 == 19 }

    private static func name(_ draws: inout Draws) -> PersonName {
        let middle = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(draws.below(26))))
        return PersonName("\(draws.pick(lastNames)),\(draws.pick(firstNames)) \(middle)")!
    }

    private static func compact(_ day: Day) -> String {
        let (year, month, day) = day.civil
        return FakeNumber.padded(year, 4) + FakeNumber.padded(month, 2) + FakeNumber.padded(day, 2)
    }

    private static let lastNames = [
        "EXAMPLE", "SAMPLE", "SPECIMEN", "TESTER", "PLACEHOLDER", "MOCKUP", "FICTION", "NOBODY", "SYNTHETIC",
        "PRETEND",
    ]
    private static let firstNames = [
        "PAT", "SAM", "ALEX", "CHRIS", "JO", "ROBIN", "KIM", "LEE", "DANA", "MORGAN", "TERRY", "CASEY",
    ]
    private static let licenceType = ["commercial": "CDL", "permit": "PERMIT", "id-card": "ID"]
    private static let events = [
        "SPEEDING 10 OVER", "FAILURE TO STOP", "FAILURE TO YIELD", "NO PROOF OF INSURANCE",
        "COLLISION REPORTED",
    ]
}
