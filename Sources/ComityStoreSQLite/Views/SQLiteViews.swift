import ComityMessages
package import ComityStore
import GRDB

/// The read models in a SQLite file of their own. It is not flushed at each step: what a crash loses is made anew
/// from the entries.
package final class SQLiteViews: LookupViews {
    private let queue: DatabaseQueue

    /// Opens or makes the file.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.label = "comity-views"
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.inDatabase { db in
            // Another layout is simply thrown away and made anew.
            let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            guard found != Self.version else { return }
            try db.execute(
                sql: "DROP TABLE IF EXISTS lookup; DROP TABLE IF EXISTS review; DROP TABLE IF EXISTS cursor")
            for step in Self.tables { try db.execute(sql: step) }
            try db.execute(sql: "PRAGMA user_version=\(Self.version)")
        }
        try queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous=OFF") }
    }

    /// Opens read models that another process writes. It never writes.
    ///
    /// - Throws: also if they have another layout than this program's.
    package init(reading path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "comity-views-reader"
        queue = try DatabaseQueue(path: path, configuration: configuration)
        let found = try queue.inDatabase { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        guard found == Self.version else {
            throw StoreError.wrongVersion(found: found, expected: Self.version)
        }
    }

    private static let version = 3

    private static let tables = [
        """
        CREATE TABLE lookup (
            question INTEGER PRIMARY KEY, reference INTEGER NOT NULL, low INTEGER NOT NULL, owner TEXT NOT NULL,
            asked INTEGER NOT NULL, agency TEXT NOT NULL, family TEXT NOT NULL, ties TEXT NOT NULL,
            behalf TEXT NOT NULL, path TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, reason TEXT NOT NULL,
            rule TEXT NOT NULL, outcome TEXT, closing INTEGER, given INTEGER NOT NULL, records INTEGER NOT NULL)
        """,
        "CREATE INDEX lookup_reference ON lookup (reference)",
        "CREATE TABLE review (entry INTEGER PRIMARY KEY, reference INTEGER NOT NULL)",
        "CREATE INDEX review_reference ON review (reference)",
        "CREATE TABLE cursor (one INTEGER PRIMARY KEY CHECK (one = 1), entry INTEGER NOT NULL)",
        "INSERT INTO cursor VALUES (1, 0)",
    ]

    package func cursor() throws -> Int64 {
        try queue.inDatabase { try Int64.fetchOne($0, sql: "SELECT entry FROM cursor") ?? 0 }
    }

    package func apply(_ changes: [ViewChange], through entry: Int64) throws {
        try queue.inDatabase { db in
            try db.inTransaction {
                let insert = try PreparedStatement(
                    db, "INSERT OR REPLACE INTO lookup VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
                let end = try PreparedStatement(
                    db,
                    """
                    UPDATE lookup SET outcome=?, closing=?, given=?, records=?,
                    rule=CASE WHEN ?='' THEN rule ELSE ? END WHERE reference=? AND low=?
                    """)
                for change in Self.joined(changes) {
                    switch change {
                    case .asked(let row): try insert.run { row.bind(to: $0) }
                    case .reviewed(let reference, let entry):
                        try db.execute(
                            sql: "INSERT OR REPLACE INTO review VALUES (?, ?)",
                            arguments: [entry, Int64(bitPattern: reference)])
                    case .ended(let ended): try end.run { ended.bind(to: $0) }
                    }
                }
                try db.execute(sql: "UPDATE cursor SET entry=?", arguments: [entry])
                return .commit
            }
        }
    }

    /// Look-ups that begin and end in the same step need one row operation, not two.
    private static func joined(_ changes: [ViewChange]) -> [ViewChange] {
        var ends: [[UInt8]: LookupEnd] = [:]
        for case .ended(let end) in changes { ends[end.transaction] = end }
        var result: [ViewChange] = []
        result.reserveCapacity(changes.count)
        for case .asked(var row) in changes {
            if let end = ends.removeValue(forKey: row.transaction) { row.end(end) }
            result.append(.asked(row))
        }
        for case .reviewed(let reference, let entry) in changes {
            result.append(.reviewed(reference: reference, entry: entry))
        }
        return result + ends.values.sorted { $0.closing < $1.closing }.map(ViewChange.ended)
    }

    package func lookups(reference: UInt64) throws -> [LookupRow] {
        try queue.inDatabase { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM lookup WHERE reference = ? ORDER BY question",
                arguments: [Int64(bitPattern: reference)]
            ).map(LookupRow.init(row:))
        }
    }

    package func newest(_ filter: LookupFilter, limit: Int) throws -> [LookupRow] {
        let (condition, arguments) = filter.sql
        return try queue.inDatabase { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM lookup WHERE \(condition) ORDER BY question DESC LIMIT \(limit)",
                arguments: arguments
            ).map(LookupRow.init(row:))
        }
    }

    /// Look-ups, the newest first, until `visit` says that it has enough.
    ///
    /// - Parameter reference: the first 64 bits of a transaction id, to look at those alone.
    package func newest(
        _ filter: LookupFilter, reference: UInt64? = nil, visit: (LookupRow) throws -> Bool
    ) throws {
        var (condition, arguments) = filter.sql
        if let reference {
            condition += " AND reference = ?"
            arguments += [Int64(bitPattern: reference)]
        }
        try queue.inDatabase { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT * FROM lookup WHERE \(condition) ORDER BY question DESC",
                arguments: arguments)
            while let row = try rows.next() {
                guard try visit(LookupRow(row: row)) else { break }
            }
        }
    }

    package func reviews(reference: UInt64) throws -> [Int64] {
        try queue.inDatabase { db in
            try Int64.fetchAll(
                db, sql: "SELECT entry FROM review WHERE reference = ? ORDER BY entry",
                arguments: [Int64(bitPattern: reference)])
        }
    }

    package func counts(_ filter: LookupFilter) throws -> [LookupCount] {
        let (condition, arguments) = filter.sql
        let sql = """
            SELECT agency, outcome, count(*) AS number FROM lookup WHERE \(condition)
            GROUP BY agency, outcome ORDER BY agency, outcome
            """
        return try queue.inDatabase { db in
            try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
                LookupCount(
                    agency: row["agency"],
                    outcome: (row["outcome"] as String?).flatMap(Outcome.init(rawValue:)),
                    count: row["number"])
            }
        }
    }

    package func counts(
        _ filter: LookupFilter, by groupings: [LookupGrouping]
    ) throws -> [LookupGroupCount] {
        guard !groupings.isEmpty else { return [] }
        let (condition, arguments) = filter.sql
        // The columns are given by number: an expression may have the name of a column of the table.
        let places = (1...groupings.count + 1).map(String.init).joined(separator: ", ")
        let sql = """
            SELECT \(groupings.map(\.sql).joined(separator: ", ")), outcome, count(*) FROM lookup
            WHERE \(condition) GROUP BY \(places) ORDER BY \(places)
            """
        return try queue.inDatabase { db in
            try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
                LookupGroupCount(
                    group: (0..<groupings.count).map { row[$0] },
                    outcome: (row[groupings.count] as String?).flatMap(Outcome.init(rawValue:)),
                    count: row[groupings.count + 1])
            }
        }
    }

    package func dump() throws -> [String] {
        try queue.inDatabase { db in
            try ["lookup ORDER BY question", "review ORDER BY entry"].flatMap { table in
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { row in
                    row.map { "\($0.0)=\($0.1.description)" }.joined(separator: " ")
                }
            }
        }
    }

    /// Ends in good order.
    package func close() throws { try queue.close() }
}
