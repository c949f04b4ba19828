import ComityMessages
import ComityStore
import GRDB

extension LookupRow {
    private var id: (high: Int64, low: Int64) { words(of: transaction) }

    /// Binds the columns in their order.
    func bind(to statement: PreparedStatement) {
        statement.bind(1, question)
        statement.bind(2, id.high)
        statement.bind(3, id.low)
        statement.bind(4, owner)
        statement.bind(5, asked.milliseconds)
        statement.bind(6, agency)
        statement.bind(7, family)
        statement.bind(8, ties.joined(separator: " "))
        statement.bind(9, behalf)
        statement.bind(10, path)
        statement.bind(11, key)
        statement.bind(12, request)
        statement.bind(13, reason)
        statement.bind(14, rule)
        statement.bind(15, outcome?.rawValue)
        statement.bind(16, closing)
        statement.bind(17, Int64(given.rawValue))
        statement.bind(18, Int64(records))
    }

    init(row: Row) {
        let words = (UInt64(bitPattern: row["reference"]), UInt64(bitPattern: row["low"]))
        let bytes = withUnsafeBytes(of: (words.0.bigEndian, words.1.bigEndian)) { Array($0) }
        self.init(
            question: row["question"], transaction: bytes, owner: row["owner"],
            asked: Timestamp(milliseconds: row["asked"]), agency: row["agency"], family: row["family"],
            ties: (row["ties"] as String).split(separator: " ").map(String.init), behalf: row["behalf"],
            path: row["path"], key: row["key"], request: row["request"], reason: row["reason"],
            rule: row["rule"],
            outcome: (row["outcome"] as String?).flatMap(Outcome.init(rawValue:)))
        closing = row["closing"]
        given = FieldGroupSet(rawValue: UInt16(row["given"] as Int))
        records = row["records"]
    }

    mutating func end(_ end: LookupEnd) {
        outcome = end.outcome
        closing = end.closing
        given = end.given
        records = end.records
        if !end.rule.isEmpty { rule = end.rule }
    }
}

extension LookupEnd {
    /// Binds what changes, then which look-up it is.
    func bind(to statement: PreparedStatement) {
        let id = words(of: transaction)
        statement.bind(1, outcome.rawValue)
        statement.bind(2, closing)
        statement.bind(3, Int64(given.rawValue))
        statement.bind(4, Int64(records))
        statement.bind(5, rule)
        statement.bind(6, rule)
        statement.bind(7, id.high)
        statement.bind(8, id.low)
    }
}

extension LookupFilter {
    /// The condition and its values; every value is bound, never written into the text.
    var sql: (condition: String, arguments: StatementArguments) {
        var parts = ["1"]
        var values: [(any DatabaseValueConvertible)?] = []
        func add(_ part: String, _ bound: any DatabaseValueConvertible...) {
            parts.append(part)
            values += bound
        }
        if let owner { add("owner = ?", owner) }
        if let from { add("asked >= ?", from.milliseconds) }
        if let to { add("asked < ?", to.milliseconds) }
        if let family {
            // `US.DHS` is in `US.DHS` and `US.DHS.ICE` but not in `US.DHSX`; ties stand between blanks.
            add(
                """
                (family = ? OR substr(family, 1, ?) = ?
                 OR instr(' ' || ties || ' ', ?) > 0 OR instr(' ' || ties, ?) > 0)
                """, family, family.utf8.count + 1, family + ".", " " + family + " ", " " + family + ".")
        }
        if let agency { add("agency = ?", agency) }
        if let reason { add("reason = ?", reason) }
        if let outcome { add("outcome = ?", outcome.rawValue) }
        if let path { add("path = ?", path) }
        if let behalf { add("behalf = ?", behalf) }
        return (parts.joined(separator: " AND "), StatementArguments(values))
    }
}

extension LookupGrouping {
    /// What stands for the value of a row, as text.
    var sql: String {
        switch self {
        case .agency, .family, .behalf, .path, .owner, .reason, .rule, .request: rawValue
        case .affiliation: "ties"
        case .month: "strftime('%Y-%m', asked / 1000, 'unixepoch')"
        // Back to the Monday: the first day of 1970 was a Thursday.
        case .week: "date(asked / 1000 - ((asked / 86400000 + 3) % 7) * 86400, 'unixepoch')"
        case .day: "date(asked / 1000, 'unixepoch')"
        case .weekday: "CAST((asked / 86400000 + 3) % 7 + 1 AS TEXT)"
        case .hour: "strftime('%H', asked / 1000, 'unixepoch')"
        }
    }
}

private func words(of transaction: [UInt8]) -> (high: Int64, low: Int64) {
    func word(_ bytes: ArraySlice<UInt8>) -> Int64 {
        Int64(bitPattern: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
    return (word(transaction.prefix(8)), word(transaction.dropFirst(8)))
}
