package import Synchronization

/// What a running switch counts of itself. No value of any message.
package final class NodeCounters: Sendable {
    /// Commits of the store.
    package let commits = Atomic<Int>(0)
    /// Rows written or deleted in those.
    package let rows = Atomic<Int>(0)
    /// Ledger entries written.
    package let entries = Atomic<Int>(0)
    /// Look-ups that have not ended, as of the last round.
    package let open = Atomic<Int>(0)

    package init() {}
}
