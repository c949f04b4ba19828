import ComityMessages
import Glibc

extension SyntheticPopulation {
    /// Writes the record file: first beside its place, then moved there in one step, so that a file at the path is
    /// always whole. The same population gives the same bytes.
    ///
    /// - Parameter path: where the file will stand; a file that stands there is replaced.
    package func write(to path: String) throws(RecordFileError) {
        let draft = path + ".new"
        unlink(draft)
        do throws(RecordFileError) {
            try fill(draft)
        } catch {
            unlink(draft)
            throw error
        }
        guard rename(draft, path) == 0 else {
            unlink(draft)
            throw RecordFileError(
                file: path, why: "the new file cannot be moved into place",
                next: "check the folder and its rights")
        }
    }

    private func fill(_ file: String) throws(RecordFileError) {
        let connection = try Connection(file: file, for: .create)
        // No journal and no waiting for the disk: nobody sees the draft, and it can be made again.
        try connection.run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        try connection.run(RecordSchema.tables)
        try insertAbout(connection)
        try insertPeople(connection)
        try connection.run(RecordSchema.indexes + "; COMMIT")
    }

    private func insertAbout(_ connection: borrowing Connection) throws(RecordFileError) {
        let about = try connection.prepare("INSERT INTO about VALUES (?1, ?2)")
        try connection.insert(
            about, ["contents", "SYNTHETIC: no person, vehicle or number in this file exists"])
        try connection.insert(about, ["seed", String(seed)])
        try connection.insert(about, ["today", today.description])
        let kept = try connection.prepare("INSERT INTO kept VALUES (?1, ?2)")
        for owner in owners {
            for file in RecordFile.allCases where keeps(file, owner) {
                try connection.insert(kept, [owner.description, file.rawValue])
            }
        }
    }

    private func insertPeople(_ connection: borrowing Connection) throws(RecordFileError) {
        let drivers = try connection.prepare(
            Self.insertion("driver", columns: 7 + RecordSchema.driverElements.count))
        let vehicles = try connection.prepare(
            Self.insertion("vehicle", columns: 7 + RecordSchema.vehicleElements.count))
        let history = try connection.prepare(Self.insertion("history", columns: 3))
        var id: Int64 = 0
        for owner in owners {
            for index in 0..<peoplePerOwner {
                id += 1
                let person = person(owner, index)
                let flags = [person.isProtected ? Int64(1) : 0, person.isMinor ? 1 : 0]
                drivers.bind([id], from: 1)
                drivers.bind([owner.description, person.name.lastAndFirst], from: 2)
                drivers.bind(flags, from: 4)
                try connection.insert(
                    drivers, [person.documentClass, person.photo] + person.elements, from: 6)
                for (line, event) in person.history.enumerated() {
                    history.bind([id, Int64(line)], from: 1)
                    try connection.insert(history, [event], from: 3)
                }
                vehicles.bind([id], from: 1)
                vehicles.bind([owner.description], from: 2)
                vehicles.bind(flags, from: 3)
                let registered = [person.name.lastAndFirst, person.birth, person.sex]
                try connection.insert(
                    vehicles, registered + vehicle(owner, index, registeredTo: person).elements, from: 5)
            }
        }
    }

    private static func insertion(_ table: String, columns: Int) -> String {
        "INSERT INTO \(table) VALUES (\((1...columns).map { "?\($0)" }.joined(separator: ", ")))"
    }
}

extension Statement {
    borrowing func bind(_ numbers: [Int64], from first: Int32) {
        for (offset, number) in numbers.enumerated() { bind(number, at: first + Int32(offset)) }
    }

    borrowing func bind(_ texts: [String], from first: Int32) {
        for (offset, text) in texts.enumerated() { bind(text, at: first + Int32(offset)) }
    }
}

extension Connection {
    /// Binds the last texts of a row and inserts it.
    borrowing func insert(
        _ statement: borrowing Statement, _ texts: [String], from first: Int32 = 1
    ) throws(RecordFileError) {
        statement.bind(texts, from: first)
        let done = statement.step()
        statement.finish()
        guard done == false else { throw failure() }
    }
}
