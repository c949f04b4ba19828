import ComityLedger
import ComityStore

/// The trees of all ledgers as they stood after the last commit: the frontiers on disk, grown by the entries that
/// came after them.
struct GrownFrontiers {
    private var frontiers: [Int64: MerkleFrontier] = [:]
    /// The last entry that the frontiers on disk take in.
    let through: Int64

    /// Entries read at once.
    private static let step = 2000

    init(_ recovered: Recovered, from store: some EntrySource) throws {
        for row in recovered.frontiers { frontiers[row.ledger] = MerkleFrontier(bytes: row.bytes) }
        // A ledger that is younger than the frontiers has none yet: all of its entries come after them.
        through = recovered.frontiers.lazy.map(\.through).min() ?? 0
        var last = through
        while true {
            let rows = try store.entries(after: last, limit: Self.step)
            for row in rows {
                let frontier = frontiers[row.ledger, default: MerkleFrontier()]
                guard row.position == frontier.size else { continue }
                frontiers[row.ledger, default: frontier].append(Merkle.leafHash(row.bytes))
            }
            guard let end = rows.last, rows.count == Self.step else { break }
            last = end.id
        }
    }

    /// The tree of a ledger, if it has the size and the root that its head says.
    func frontier(of head: HeadRow) -> MerkleFrontier? {
        guard let frontier = frontiers[head.ledger], frontier.size == head.size,
            frontier.root.bytes == head.root
        else { return nil }
        return frontier
    }
}
