package import ComityLedger
package import ComityStore

/// One ledger written out line by line, in the format that `docs/ledger-format.md` describes.
package enum LedgerExtract {
    /// Which ledger.
    package enum Choice: Hashable, Sendable {
        /// An owner's, of a year; the newest without one.
        case owner(String, year: Int?)
        case control
        case operations

        private var words: String {
            switch self {
            case .owner(let owner, let year): "ledger of `\(owner)`\(year.map { " for \($0)" } ?? "")"
            case .control: "control ledger"
            case .operations: "operations ledger"
            }
        }

        private func takes(_ name: LedgerName) -> Bool {
            switch (self, name.kind) {
            case (.owner(let owner, let wanted), .lane(let found, let year)):
                owner == found && (wanted == nil || wanted.map { UInt64($0) } == year)
            case (.control, .control), (.operations, .operations): true
            default: false
            }
        }

        /// - Throws: `ledger-unknown`.
        package func of(_ heads: [HeadRow]) throws(ServiceError) -> (head: HeadRow, name: LedgerName) {
            let own = heads.compactMap { head in LedgerName(head.name).map { (head: head, name: $0) } }
                .filter { takes($0.name) }
            guard let last = own.max(by: { ($0.name.year ?? 0) < ($1.name.year ?? 0) }) else {
                throw ServiceError(
                    "ledger-unknown", "there is no \(words) in this home",
                    next: "`comity ledger count` lists the ledgers")
            }
            return last
        }
    }

    /// Writes a ledger as it stood when its head was read.
    package static func write(
        _ head: HeadRow, name: LedgerName, from store: some EntrySource, step: Int = 5000,
        line: (String) throws -> Void
    ) throws {
        guard let root = LedgerHash(head.root) else {
            throw ServiceError(
                "head-damaged", "the head of ledger `\(name)` is damaged", next: "run `comity ledger verify`")
        }
        try line(LedgerExport.header(ledger: name, size: head.size, root: root))
        try rows(head, from: store, step: step) { row in
            let hasEnvelope = (try? LedgerEntry(decoding: row.bytes))?.kind.hasEnvelope ?? false
            try line(
                LedgerExport.line(
                    position: row.position, entry: row.bytes, envelope: hasEnvelope ? row.body != nil : nil))
        }
    }

    static func rows(
        _ head: HeadRow, from store: some EntrySource, step: Int, each: (EntryRow) throws -> Void
    ) throws {
        var last: Int64 = 0
        var count: UInt64 = 0
        while count < head.size {
            let rows = try store.entries(after: last, limit: step)
            guard let end = rows.last else { break }
            for row in rows where row.ledger == head.ledger && row.position < head.size {
                try each(row)
                count += 1
            }
            last = end.id
        }
    }
}
