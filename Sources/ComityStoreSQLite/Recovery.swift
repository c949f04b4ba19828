import ComityMessages
import ComityStore
import GRDB

/// Reads what the last process left.
enum Recovery {
    /// The columns of an entry, read by place: looking each up by name would take longer than reading it.
    private static let columns =
        "entry.id, entry.ledger, entry.position, entry.bytes, entry.body, entry.duplicate"

    static func read(_ db: Database) throws -> Recovered {
        var recovered = Recovered()
        recovered.heads = try heads(db)
        recovered.lastLedger = recovered.heads.last?.ledger ?? 0
        recovered.frontiers = try Row.fetchAll(db, sql: "SELECT * FROM frontier ORDER BY ledger").map { row in
            FrontierRow(ledger: row["ledger"], through: row["through"], bytes: row.bytes("bytes") ?? [])
        }
        recovered.sessions = try Row.fetchAll(db, sql: "SELECT * FROM session ORDER BY id").map { row in
            SessionRow(
                id: SessionID(row["id"]), link: row["link"], name: row["name"],
                received: UInt64(row["received"] as Int64), sent: UInt64(row["sent"] as Int64),
                delivered: UInt64(row["delivered"] as Int64))
        }
        recovered.mail = try Row.fetchAll(db, sql: "SELECT * FROM mail ORDER BY id").map { row in
            MailRow(id: row["id"], sealed: row.bytes("sealed") ?? [])
        }
        recovered.epochs = try epochs(db, "own IS NOT NULL", [])
        let held =
            "SELECT \(columns), until, approvals, decided FROM held JOIN entry ON entry.id = held.question ORDER BY question"
        recovered.held = try Row.fetchAll(db, sql: held).map { row in
            let until = Timestamp(milliseconds: row["until"])
            let held = HeldRow(
                question: row["id"], until: until, approvals: try HeldRow.approvals(row["approvals"]),
                isDecided: row["decided"] as Int64 != 0)
            return (held, entry(row))
        }
        recovered.queue = try queue(db)
        let state = try Row.fetchOne(db, sql: "SELECT * FROM state")
        recovered.lastSession = state?["last_session"] ?? 0
        recovered.lastQueued = state?["last_queued"] ?? 0
        recovered.lastEntry = try Int64.fetchOne(db, sql: "SELECT max(id) FROM entry") ?? 0
        let oldest: Int64 = state?["oldest_open"] ?? 1
        recovered.recent = try entries(db, after: oldest - 1, limit: Int.max)
        return recovered
    }

    private static func queue(_ db: Database) throws -> [(row: QueueRow, question: EntryRow?)] {
        // The entry's columns come first, so that they are read by their places.
        let sql =
            "SELECT \(columns), queue.* FROM queue LEFT JOIN entry ON entry.id = queue.question ORDER BY queue.id"
        return try Row.fetchAll(db, sql: sql).map { row in
            let queued = QueueRow(
                id: row[6], question: row[7], sealed: row.bytes(8), link: row[9], destination: row[10],
                key: row[11], priority: UInt8(clamping: row[12] as Int64),
                since: Timestamp(milliseconds: row[13]), until: Timestamp(milliseconds: row[14]),
                reason: row[15], attempts: row[16])
            return (queued, row.hasNull(atIndex: 0) ? nil : entry(row))
        }
    }

    static func epochs(
        _ db: Database, _ which: String, _ arguments: StatementArguments
    ) throws -> [EpochRow] {
        let sql = "SELECT * FROM epoch WHERE \(which) ORDER BY hour"
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
            EpochRow(
                id: UInt64(bitPattern: row["id"]), holder: row["holder"], hour: UInt64(row["hour"] as Int64),
                wraps: row.bytes("wraps") ?? [], own: row.bytes("own"))
        }
    }

    static func closedEpochs(_ db: Database, in hours: ClosedRange<UInt64>) throws -> [ClosedEpoch] {
        let sql = "SELECT id, hour FROM epoch WHERE own IS NULL AND hour BETWEEN ? AND ?"
        let bounds = [Int64(clamping: hours.lowerBound), Int64(clamping: hours.upperBound)]
        return try Row.fetchAll(db, sql: sql, arguments: StatementArguments(bounds)).map { row in
            ClosedEpoch(id: UInt64(bitPattern: row[0]), hour: UInt64(row[1] as Int64))
        }
    }

    static func openQuestions(_ db: Database) throws -> OpenRows {
        OpenRows(
            oldest: try Int64.fetchOne(db, sql: "SELECT oldest_open FROM state") ?? 1,
            held: Set(
                try Int64.fetchAll(
                    db,
                    sql:
                        "SELECT question FROM held UNION SELECT question FROM queue WHERE question IS NOT NULL"
                )))
    }

    static func heads(_ db: Database) throws -> [HeadRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM head ORDER BY ledger").map { row in
            HeadRow(
                ledger: row["ledger"], name: row["name"], size: UInt64(row["size"] as Int64),
                root: row.bytes("root") ?? [])
        }
    }

    static func entries(_ db: Database, after id: Int64, limit: Int) throws -> [EntryRow] {
        let sql = "SELECT \(columns) FROM entry WHERE id > ? ORDER BY id LIMIT ?"
        var entries: [EntryRow] = []
        let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [id, limit])
        while let row = try rows.next() { entries.append(entry(row)) }
        return entries
    }

    static func controlEntries(_ db: Database) throws -> [EntryRow] {
        let sql = "SELECT \(columns) FROM entry WHERE ledger = \(controlLedger) ORDER BY position"
        return try Row.fetchAll(db, sql: sql).map(entry)
    }

    private static func entry(_ row: Row) -> EntryRow {
        EntryRow(
            id: row[0], ledger: row[1], position: UInt64(row[2] as Int64), bytes: row.bytes(3) ?? [],
            body: row.bytes(4), duplicateKey: row.bytes(5))
    }
}

extension Row {
    /// A blob column, `nil` if it is NULL.
    func bytes(_ column: Int) -> [UInt8]? {
        guard !hasNull(atIndex: column) else { return nil }
        return try? withUnsafeData(atIndex: column) { $0.map { Array($0) } ?? [] }
    }

    /// A blob column by its name, where few rows are read.
    func bytes(_ column: String) -> [UInt8]? {
        guard let index = Array(columnNames).firstIndex(of: column) else { return nil }
        return bytes(index)
    }
}
