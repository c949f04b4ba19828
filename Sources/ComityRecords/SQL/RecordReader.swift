import ComityMessages

/// The prepared look-ups on one connection. Used by one thread at a time: whoever holds it sees to that.
struct RecordReader: ~Copyable {
    /// The largest number of records in one answer. The documents give ten for aircraft and no number for others.
    static let maximumRecords = 10

    private let driverByNumber: Statement
    private let driverByName: Statement
    private let driverList: Statement
    private let ownerList: Statement
    private let vehicleByPlate: Statement
    private let vehicleByVIN: Statement
    private let plateParts: Statement
    let history: Statement
    let tags: RecordTags
    // Last, so that the statements are gone before the connection closes.
    private let connection: Connection

    init(_ connection: consuming Connection, tags: RecordTags) throws(RecordFileError) {
        let driverByNumber = try connection.prepare(RecordSQL.driverByNumber)
        let driverByName = try connection.prepare(RecordSQL.driverByName)
        let driverList = try connection.prepare(RecordSQL.driverList)
        let ownerList = try connection.prepare(RecordSQL.ownerList)
        let vehicleByPlate = try connection.prepare(RecordSQL.vehicleByPlate)
        let vehicleByVIN = try connection.prepare(RecordSQL.vehicleByVIN)
        let plateParts = try connection.prepare(RecordSQL.plateParts)
        let history = try connection.prepare(RecordSQL.history)
        // Only now, because a value that is not copyable is made whole or not at all.
        self.driverByNumber = driverByNumber
        self.driverByName = driverByName
        self.driverList = driverList
        self.ownerList = ownerList
        self.vehicleByPlate = vehicleByPlate
        self.vehicleByVIN = vehicleByVIN
        self.plateParts = plateParts
        self.history = history
        self.tags = tags
        self.connection = connection
    }

    /// What a look-up found.
    struct Found {
        /// At most `maximumRecords`.
        var records: [VehicleRecord] = []
        var hasMore = false
    }

    /// The records found; `nil` if the file cannot be read now.
    borrowing func find(_ query: RecordQuery) -> Found? {
        let owner = query.owner.description
        switch query.search {
        case .licence(let number):
            driverByNumber.bind([owner, number], from: 1)
            return drivers(driverByNumber, query)
        case .person(let name, let birth, let sex):
            driverByName.bind(
                [owner, name.lastAndFirst, birth.first, birth.last, sex, name.hasMiddle ? name.full : ""],
                from: 1)
            return drivers(driverByName, query)
        case .driverList(let name, let birth, let sex):
            bind(name, birth, sex, of: owner, to: driverList)
            return list(driverList)
        case .ownerList(let name, let birth, let sex):
            bind(name, birth, sex, of: owner, to: ownerList)
            return vehicles(ownerList)
        case .plate(let number, let year, let type):
            vehicleByPlate.bind([owner, number, year, type], from: 1)
            return vehicles(vehicleByPlate)
        case .vin(let number):
            vehicleByVIN.bind([owner, number], from: 1)
            return vehicles(vehicleByVIN)
        case .partialPlate(let pattern, let year, let type):
            let (from, to) = pattern.bounds
            plateParts.bind([owner, from, to, pattern.text, year ?? "", type ?? ""], from: 1)
            return vehicles(plateParts)
        case .noFile:
            return Found()
        }
    }

    private borrowing func bind(
        _ name: ListedName, _ birth: BirthDate?, _ sex: String?, of owner: String,
        to statement: borrowing Statement
    ) {
        let (from, to) = name.bounds
        let full = name.person.flatMap { $0.hasMiddle ? $0.full : nil }
        statement.bind(
            [owner, from, to, full ?? "", birth?.first ?? "", birth?.last ?? "", sex ?? ""], from: 1)
    }
}
