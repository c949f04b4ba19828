import ComityMessages
import ComityStore
import GRDB

/// Reads what the last process left.
enum Recovery {
    static func read(_ db: Database) throws -> Recovered {
        var recovered = Recovered()
        recovered.heads = try heads(db)
        recovered.lastLedger = recovered.heads.last?.ledger ?? 0
        recovered.sessions = try Row.fetchAll(db, sql: "SELECT * FROM session ORDER BY id").map { row in
            SessionRow(
                id: SessionID(row["id"]), link: row["link"], name: row["name"],
                received: UInt64(row["received"] as Int64), sent: UInt64(row["sent"] as Int64))
        }
        recovered.mail = try Row.fetchAll(db, sql: "SELECT * FROM mail ORDER BY id").map { row in
            MailRow(
                id: row["id"], session: SessionID(row["session"]), sequence: UInt64(row["sequence"] as Int64),
                sealed: row.bytes("sealed") ?? [])
        }
        let held =
            "SELECT held.until, entry.* FROM held JOIN entry ON entry.id = held.question ORDER BY question"
        recovered.held = try Row.fetchAll(db, sql: held).map { row in
            let until = Timestamp(milliseconds: row["until"])
            return (HeldRow(question: row["id"], until: until), entry(row))
        }
        let state = try Row.fetchOne(db, sql: "SELECT * FROM state")
        recovered.lastMail = state?["last_mail"] ?? 0
        recovered.lastSession = state?["last_session"] ?? 0
        recovered.lastEntry = try Int64.fetchOne(db, sql: "SELECT max(id) FROM entry") ?? 0
        let oldest: Int64 = state?["oldest_open"] ?? 1
        recovered.recent = try entries(db, after: oldest - 1, limit: Int.max)
        return recovered
    }

    static func heads(_ db: Database) throws -> [HeadRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM head ORDER BY ledger").map { row in
            HeadRow(
                ledger: row["ledger"], name: row["name"], size: UInt64(row["size"] as Int64),
                root: row.bytes("root") ?? [], frontier: row.bytes("frontier") ?? [])
        }
    }

    static func entries(_ db: Database, after id: Int64, limit: Int) throws -> [EntryRow] {
        let sql = "SELECT * FROM entry WHERE id > ? ORDER BY id LIMIT ?"
        return try Row.fetchAll(db, sql: sql, arguments: [id, limit]).map(entry)
    }

    static func controlEntries(_ db: Database) throws -> [EntryRow] {
        let sql = "SELECT * FROM entry WHERE ledger = \(controlLedger) ORDER BY position"
        return try Row.fetchAll(db, sql: sql).map(entry)
    }

    private static func entry(_ row: Row) -> EntryRow {
        EntryRow(
            id: row["id"], ledger: row["ledger"], position: UInt64(row["position"] as Int64),
            bytes: row.bytes("bytes") ?? [], body: row.bytes("body"), duplicateKey: row.bytes("duplicate"))
    }
}

extension Row {
    /// A blob column, `nil` if it is NULL.
    func bytes(_ column: String) -> [UInt8]? {
        guard !hasNull(column) else { return nil }
        return try? withUnsafeData(named: column) { $0.map { Array($0) } ?? [] }
    }

    private func hasNull(_ column: String) -> Bool { (self[column] as DatabaseValue).isNull }
}
