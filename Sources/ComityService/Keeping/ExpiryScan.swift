package import ComityExchange
import ComityLedger
import ComityMessages
package import ComityStore

/// Finds envelopes whose time is up, a few at a time, from the oldest entry on.
package struct ExpiryScan: Sendable {
    /// What is found in one step.
    package struct Step: Sendable {
        package let erasures: [Erasure]
        /// Epoch keys under which they were sealed.
        package let epochs: Set<UInt64>
        /// The hours of their entries, since 1970.
        package let hours: ClosedRange<UInt64>
    }

    /// The latest moment before which something may go.
    private let end: UInt64
    /// The moment before which those of an owner, or of the network, may go; `nil` for whom nobody asks about.
    private let ends: @Sendable (String) -> UInt64?
    /// The last entry looked at.
    private var cursor: Int64
    /// The first entry whose envelope stays.
    private var firstLeft: Int64?

    /// The last entry before which no envelope is left: the next scan can begin behind it.
    package var done: Int64 { firstLeft.map { $0 - 1 } ?? cursor }

    /// Entries read at once.
    private static let page = 2000
    /// Times of different ledgers lie a moment apart in the order of commits.
    private static let slack: UInt64 = 3_600_000

    /// - Parameters:
    ///   - start: where an earlier scan was done.
    ///   - end: the latest of all ends, in milliseconds since 1970.
    ///   - ends: in milliseconds since 1970.
    package init(after start: Int64 = 0, end: UInt64, ends: @escaping @Sendable (String) -> UInt64?) {
        cursor = start
        self.end = end
        self.ends = ends
    }

    /// The next envelopes, about as many as the limit says; `nil` at the end.
    package mutating func next(_ store: some EntrySource, limit: Int) throws -> Step? {
        let open = try store.openQuestions()
        var groups: [LedgerName: Group] = [:]
        var (erasures, epochs, hours): ([Erasure], Set<UInt64>, [UInt64]) = ([], [], [])
        var count = 0
        reading: while count < limit {
            let rows = try store.entries(after: cursor, limit: Self.page)
            guard !rows.isEmpty else { break }
            for row in rows {
                let entry = try LedgerEntry(decoding: row.bytes)
                if entry.time >= end &+ Self.slack { break reading }
                defer { cursor = row.id }
                guard entry.kind.hasEnvelope, let sealed = row.body else { continue }
                let lane = entry.ledger
                // A message that still waits to be passed on has a copy of its own in the queue.
                guard let owner = lane.keeper, let until = ends(owner), entry.time < until,
                    lane.owner == nil || open.hasEnded(row.id)
                else {
                    if firstLeft == nil { firstLeft = row.id }
                    if let group = groups.removeValue(forKey: lane) { erasures.append(group.erasure(lane)) }
                    continue
                }
                groups[lane, default: Group(first: row.position)].add(row)
                epochs.formUnion((try? Envelope.epochs(of: sealed)) ?? [])
                hours.append(EpochKey.hour(of: entry.time))
                count += 1
                if count == limit { continue reading }
            }
        }
        erasures += groups.sorted { $0.key < $1.key }.map { $0.value.erasure($0.key) }
        guard let first = hours.min(), let last = hours.max() else { return nil }
        return Step(erasures: erasures, epochs: epochs, hours: first...last)
    }

    /// Entries of one ledger, one after the other.
    private struct Group {
        let first: UInt64
        private(set) var last: UInt64
        private(set) var ids: [Int64] = []

        init(first: UInt64) {
            self.first = first
            last = first
        }

        mutating func add(_ row: EntryRow) {
            last = row.position
            ids.append(row.id)
        }

        func erasure(_ lane: LedgerName) -> Erasure {
            Erasure(
                lane: lane, basis: .expiry, order: nil,
                positions: EraseEntry.Stretch(first: first, last: last)!, entries: ids)
        }
    }
}
