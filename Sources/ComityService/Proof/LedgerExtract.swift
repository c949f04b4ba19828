package import ComityLedger
package import ComityStore

/// One ledger written out line by line, in the format that `docs/ledger-format.md` describes.
package enum LedgerExtract {
    /// Chooses the ledger to write out: by owner and year; without a year the newest.
    package static func choose(
        _ heads: [HeadRow], owner: String, year: Int?
    ) throws(ServiceError) -> (head: HeadRow, name: LedgerName) {
        let own = heads.compactMap { head in LedgerName(head.name).map { (head: head, name: $0) } }
            .filter { $0.name.owner == owner && (year == nil || $0.name.year == year.map { UInt64($0) }) }
        guard let last = own.max(by: { ($0.name.year ?? 0) < ($1.name.year ?? 0) }) else {
            throw ServiceError(
                "ledger-unknown",
                "there is no ledger of `\(owner)`\(year.map { " for \($0)" } ?? "") in this home",
                next: "`comity ledger count` lists the ledgers")
        }
        return last
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
        var last: Int64 = 0
        var written: UInt64 = 0
        while written < head.size {
            let rows = try store.entries(after: last, limit: step)
            guard let end = rows.last else { break }
            for row in rows where row.ledger == head.ledger && row.position < head.size {
                try line(LedgerExport.line(position: row.position, entry: row.bytes))
                written += 1
            }
            last = end.id
        }
    }
}
