package import ComityMessages

/// Made-up drivers and vehicles of many owners, all fixed by one seed.
///
/// Nothing is stored: each person is worked out when needed, so that traffic can be made without reading the
/// file. Every value is visibly fake.
package struct SyntheticPopulation: Hashable, Sendable {
    /// The smallest number of people of an owner: so that licence `WDL00000012X` is always there.
    package static let minimumPeople = 12

    package let seed: UInt64
    package let owners: [MemberCode]
    /// Each owner has so many people, and each of them one vehicle.
    package let peoplePerOwner: Int
    /// The day on which ages and expiries are counted.
    package let today: Day
    /// Owners that keep no file of driver history.
    package let withoutHistory: Set<MemberCode>
    /// Owners that give no lists of drivers by name alone.
    package let withoutNameLists: Set<MemberCode>

    /// - Parameter peoplePerOwner: raised to `minimumPeople` if smaller.
    package init(
        seed: UInt64, owners: [MemberCode], peoplePerOwner: Int,
        today: Day = Day(year: 2026, month: 11, day: 1)!,
        withoutHistory: Set<MemberCode> = [], withoutNameLists: Set<MemberCode> = []
    ) {
        self.seed = seed
        self.owners = owners
        self.peoplePerOwner = max(peoplePerOwner, Self.minimumPeople)
        self.today = today
        self.withoutHistory = withoutHistory
        self.withoutNameLists = withoutNameLists
    }

    func keeps(_ file: RecordFile, _ owner: MemberCode) -> Bool {
        switch file {
        case .history: !withoutHistory.contains(owner)
        case .nameList: !withoutNameLists.contains(owner)
        case .driver, .vehicle, .ownerNames, .plateParts: true
        }
    }

    /// What a question needs to find a person and the vehicle of that person.
    package struct Keys: Hashable, Sendable {
        /// `OLN`.
        package let licence: String
        /// `NAM`, with the middle name.
        package let name: String
        /// `DOB`, `ccyymmdd`.
        package let birth: String
        /// `SEX`.
        package let sex: String
        /// `LIC`.
        package let plate: String
        /// `LIY`.
        package let plateYear: String
        /// `LIT`.
        package let plateType: String
        /// `VIN`.
        package let vin: String
    }

    /// The keys of the owner's n-th person, from 0; a number that is too large begins again from the first.
    ///
    /// Persons 14, 39, ... are minors; 19, 49, ... are protected; 8, 58, ... share name, birth date and sex with the
    /// one before.
    package func keys(of owner: MemberCode, person number: Int) -> Keys {
        let index = Int(number.magnitude % UInt(peoplePerOwner))
        let person = person(owner, index)
        let vehicle = vehicle(owner, index, registeredTo: person)
        return Keys(
            licence: FakeNumber.licence(owner: owner, number: index + 1), name: person.name.full,
            birth: person.birth, sex: person.sex, plate: FakeNumber.plate(number: index + 1),
            plateYear: vehicle.plateYear, plateType: vehicle.plateType,
            vin: FakeNumber.vin(owner: owner, number: index + 1))
    }

    func person(_ owner: MemberCode, _ index: Int) -> SyntheticPerson {
        SyntheticPerson(seed: seed, owner: owner, index: index, today: today)
    }

    func vehicle(_ owner: MemberCode, _ index: Int, registeredTo person: SyntheticPerson) -> SyntheticVehicle
    {
        SyntheticVehicle(seed: seed, owner: owner, index: index, registeredTo: person, today: today)
    }
}
