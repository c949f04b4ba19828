package import ComityStore

/// The ledgers that wait for a seal, in the order in which they began to wait; each stands here once, with its newest
/// state, so that there are never more than ledgers.
package struct SealingQueue: Sendable {
    private var states: [Int64: HeadRow] = [:]
    private var order: [Int64] = []

    package init() {}

    package var isEmpty: Bool { order.isEmpty }

    package mutating func add(_ heads: [HeadRow]) {
        for head in heads where states.updateValue(head, forKey: head.ledger) == nil {
            order.append(head.ledger)
        }
    }

    /// Those that have waited longest.
    package mutating func take(atMost count: Int) -> [HeadRow] {
        let taken = order.prefix(count)
        defer { order.removeFirst(taken.count) }
        return taken.compactMap { states.removeValue(forKey: $0) }
    }
}
