import ComityService
package import Synchronization

/// What a running switch counts of itself. No value of any message.
package final class NodeCounters: Sendable {
    /// Commits of the store.
    package let commits = Atomic<Int>(0)
    /// Rows written or deleted in those.
    package let rows = Atomic<Int>(0)
    /// Ledger entries written.
    package let entries = Atomic<Int>(0)
    /// States of ledgers signed.
    package let seals = Atomic<Int>(0)
    /// Processor time that signing them took, in nanoseconds.
    package let sealingNanoseconds = Atomic<Int>(0)
    /// The switch's time as of the last round, in milliseconds since 1970: what dates seals.
    package let time = Atomic<Int64>(0)
    /// Look-ups under way, as of the last round; those that wait for a person are not among them.
    package let open = Atomic<Int>(0)

    /// How long the machine took for each message that came in: reading who asks, judging, and what is to be written.
    let decisions = Mutex(Histogram.decisions)

    package init() {}
}
