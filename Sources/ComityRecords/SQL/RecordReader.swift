import ComityMessages

/// The prepared look-ups on one connection. Used by one thread at a time: whoever holds it sees to that.
struct RecordReader: ~Copyable {
    /// The largest number of records in one answer.
    static let maximumRecords = 10

    private let driverByNumber: Statement
    private let driverByName: Statement
    private let vehicleByPlate: Statement
    private let vehicleByVIN: Statement
    private let history: Statement
    private let tags: RecordTags
    // Last, so that the statements are gone before the connection closes.
    private let connection: Connection

    init(_ connection: consuming Connection, tags: RecordTags) throws(RecordFileError) {
        let drivers = """
            SELECT id, protected, minor, document_class, \(RecordSchema.photoElement), \
            \(RecordSchema.driverElements.joined(separator: ", ")) FROM driver WHERE owner = ?1 AND
            """
        let vehicles = """
            SELECT protected, minor, \(RecordSchema.vehicleElements.joined(separator: ", ")) \
            FROM vehicle WHERE owner = ?1 AND
            """
        let ending = "ORDER BY id LIMIT \(Self.maximumRecords)"
        let driverByNumber = try connection.prepare("\(drivers) OLN = ?2 \(ending)")
        let driverByName = try connection.prepare(
            """
            \(drivers) last_and_first = ?2 AND DOB IN (?3, ?4) AND SEX = ?5 AND (?6 = '' OR NAM = ?6) \(ending)
            """)
        let vehicleByPlate = try connection.prepare(
            "\(vehicles) LIC = ?2 AND LIY = ?3 AND LIT = ?4 \(ending)")
        let vehicleByVIN = try connection.prepare("\(vehicles) VIN = ?2 \(ending)")
        let history = try connection.prepare(
            "SELECT \(RecordSchema.historyElement) FROM history WHERE driver = ?1 ORDER BY line")
        // Only now, because a value that is not copyable is made whole or not at all.
        self.driverByNumber = driverByNumber
        self.driverByName = driverByName
        self.vehicleByPlate = vehicleByPlate
        self.vehicleByVIN = vehicleByVIN
        self.history = history
        self.tags = tags
        self.connection = connection
    }

    /// The records found, at most ten; `nil` if the file cannot be read now.
    borrowing func find(_ query: RecordQuery) -> [VehicleRecord]? {
        let owner = query.owner.description
        switch query.search {
        case .licence(let number):
            driverByNumber.bind(owner, at: 1)
            driverByNumber.bind(number, at: 2)
            return drivers(driverByNumber, query)
        case .person(let name, let birth, let sex):
            driverByName.bind(owner, at: 1)
            driverByName.bind(name.lastAndFirst, at: 2)
            driverByName.bind(birth.candidates[0], at: 3)
            driverByName.bind(birth.candidates[birth.candidates.count - 1], at: 4)
            driverByName.bind(sex, at: 5)
            driverByName.bind(name.hasMiddle ? name.full : "", at: 6)
            return drivers(driverByName, query)
        case .plate(let number, let year, let type):
            vehicleByPlate.bind(owner, at: 1)
            vehicleByPlate.bind(number, at: 2)
            vehicleByPlate.bind(year, at: 3)
            vehicleByPlate.bind(type, at: 4)
            return vehicles(vehicleByPlate)
        case .vin(let number):
            vehicleByVIN.bind(owner, at: 1)
            vehicleByVIN.bind(number, at: 2)
            return vehicles(vehicleByVIN)
        case .noFile:
            return []
        }
    }

    private borrowing func drivers(_ statement: borrowing Statement, _ query: RecordQuery) -> [VehicleRecord]?
    {
        defer { statement.finish() }
        var records: [VehicleRecord] = []
        while true {
            guard let more = statement.step() else { return nil }
            guard more else { return records }
            var elements: [TaggedElement] = []
            elements.reserveCapacity(tags.driver.count + 4)
            append(tags.driver, from: statement, startingAt: 5, to: &elements)
            if query.photoAsked {
                let photo = statement.text(4)
                if !photo.isEmpty { elements.append(tags.photo.element(photo)) }
            }
            if query.kind == .driverHistory {
                guard append(historyOf: statement.number(0), to: &elements) else { return nil }
            }
            let facts = RecordFacts.driver(
                protected: statement.number(1) != 0, minor: statement.number(2) != 0,
                documentClass: statement.text(3))
            records.append(VehicleRecord(elements: elements, facts: facts))
        }
    }

    private borrowing func vehicles(_ statement: borrowing Statement) -> [VehicleRecord]? {
        defer { statement.finish() }
        var records: [VehicleRecord] = []
        while true {
            guard let more = statement.step() else { return nil }
            guard more else { return records }
            var elements: [TaggedElement] = []
            elements.reserveCapacity(tags.vehicle.count)
            append(tags.vehicle, from: statement, startingAt: 2, to: &elements)
            let facts = RecordFacts.vehicle(
                protected: statement.number(0) != 0, minor: statement.number(1) != 0)
            records.append(VehicleRecord(elements: elements, facts: facts))
        }
    }

    /// Adds the history lines of a driver; `false` if they cannot be read.
    private borrowing func append(historyOf driver: Int64, to elements: inout [TaggedElement]) -> Bool {
        defer { history.finish() }
        history.bind(driver, at: 1)
        while true {
            guard let more = history.step() else { return false }
            guard more else { return true }
            elements.append(tags.history.element(history.text(0)))
        }
    }

    /// Adds the elements that are not empty.
    private borrowing func append(
        _ tags: [RecordTags.Tag], from statement: borrowing Statement, startingAt first: Int32,
        to elements: inout [TaggedElement]
    ) {
        var column = first
        for tag in tags {
            let value = statement.text(column)
            if !value.isEmpty { elements.append(tag.element(value)) }
            column += 1
        }
    }
}
