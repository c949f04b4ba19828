package import ComityLedger
package import ComityStore

/// One ledger as tiles and entry bundles, made from its entries.
package enum LedgerTiles {
    /// Writes every tile and bundle of a ledger as it stood when its head was read.
    ///
    /// - Throws: `ledger-damaged` if the entries do not have the head's size and root. Nothing should be believed of
    ///   what was written then.
    package static func write(
        _ head: HeadRow, name: LedgerName, from store: some EntrySource, step: Int = 5000,
        to sink: TileBuilder.Sink
    ) throws {
        var builder = TileBuilder()
        var last: Int64 = 0
        while builder.size < head.size {
            let rows = try store.entries(after: last, limit: step)
            guard let end = rows.last else { break }
            for row in rows where row.ledger == head.ledger && builder.size < head.size {
                try builder.append(row.bytes, to: sink)
            }
            last = end.id
        }
        try builder.partials(to: sink)
        guard builder.size == head.size, builder.root == LedgerHash(head.root) else { throw damaged(name) }
    }

    package static func damaged(_ name: LedgerName) -> ServiceError {
        ServiceError(
            "ledger-damaged", "the entries of ledger `\(name)` do not have the root that its head says",
            next: "keep a copy of the home, and run `comity ledger verify`")
    }
}
