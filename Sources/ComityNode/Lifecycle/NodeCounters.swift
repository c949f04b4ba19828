package import Synchronization

/// What a running switch counts of itself. No value of any message.
package final class NodeCounters: Sendable {
    /// Commits of the store.
    package let commits = Atomic<Int>(0)
    /// Rows written or deleted in those.
    package let rows = Atomic<Int>(0)
    /// Ledger entries written.
    package let entries = Atomic<Int>(0)
    /// Look-ups under way, as of the last round; those that wait for a person are not among them.
    package let open = Atomic<Int>(0)

    package init() {}
}
