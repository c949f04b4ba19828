package import ComityLedger
import ComityMessages
package import ComityStore
import Dispatch
import Glibc
package import Logging
import Synchronization

/// Seals every ledger that a commit touched, off the writer's thread, and keeps the newest seals: in memory for proofs, and
/// once a second in a file outside the home, so that whoever puts back an older database has them against him.
///
/// It is told states that are durable and reads nothing itself; no commit waits for it. It has a share of one processor:
/// beyond that a ledger that was touched again is sealed once, in its newest state.
package final class SealingThread: Sendable {
    private let key: MemorySealingKey
    private let shelf: SealShelf
    private let book: SealBook
    private let counters: NodeCounters
    private let log: Logger
    private let wake = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    private struct State {
        var queue = SealingQueue()
        var isWaiting = false
        var isStopped = false
    }

    /// Ledgers sealed between two looks at the clock: under half a millisecond of work.
    private static let round = 16
    /// The part of one processor that it may take, as one part in so many. A dated seal costs some 25 µs, so this is 2,000 a
    /// second: every ledger of every commit of a switch with some ten look-ups under way, and fifty ledgers forty times
    /// a second under full load.
    private static let share = 20
    /// How long seals wait for the file.
    private static let keepingNanoseconds: UInt64 = 1_000_000_000

    /// - Parameter counters: `time` dates the seals, `seals` counts them.
    package init(
        key: MemorySealingKey, shelf: SealShelf, book: SealBook, counters: NodeCounters, log: Logger
    ) {
        self.key = key
        self.shelf = shelf
        self.book = book
        self.counters = counters
        self.log = log
    }

    /// Called by the writer's thread after each commit.
    package func committed(_ heads: [HeadRow]) {
        let mustWake = state.withLock { state in
            state.queue.add(heads)
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if mustWake { wake.signal() }
    }

    /// Seals what waits, keeps it, and ends.
    package func stop() {
        state.withLock { $0.isStopped = true }
        wake.signal()
    }

    package func run() {
        var newest: [LedgerName: Seal] = [:]
        var keptAt = DispatchTime.now().uptimeNanoseconds
        while true {
            let (heads, isLast) = take(atMost: Self.round, keeping: !newest.isEmpty, since: keptAt)
            let begin = processorNanoseconds()
            for head in heads {
                guard let seal = seal(head) else { continue }
                newest[seal.ledger] = seal
                book.put(seal)
                counters.seals.add(1, ordering: .relaxed)
            }
            let cost = processorNanoseconds() - begin
            counters.sealingNanoseconds.add(Int(cost), ordering: .relaxed)
            let isDone = isLast && heads.isEmpty
            let now = DispatchTime.now().uptimeNanoseconds
            if !newest.isEmpty, isDone || now - keptAt >= Self.keepingNanoseconds {
                if keep(newest.values) { newest = [:] }
                keptAt = now
            }
            if isDone { return }
            if !isLast, !heads.isEmpty { usleep(UInt32(cost * UInt64(Self.share - 1) / 1000)) }
        }
    }

    /// Waits until ledgers are to be sealed, or those that are sealed to be kept.
    private func take(
        atMost count: Int, keeping: Bool, since: UInt64
    ) -> (heads: [HeadRow], isLast: Bool) {
        while true {
            let (heads, isStopped) = state.withLock { state -> ([HeadRow], Bool) in
                let heads = state.queue.take(atMost: count)
                state.isWaiting = heads.isEmpty
                return (heads, state.isStopped)
            }
            if !heads.isEmpty || isStopped { return (heads, isStopped) }
            guard keeping else {
                wake.wait()
                continue
            }
            let due = DispatchTime(uptimeNanoseconds: since + Self.keepingNanoseconds)
            if wake.wait(timeout: due) == .timedOut { return ([], false) }
        }
    }

    private func seal(_ head: HeadRow) -> Seal? {
        guard let name = LedgerName(head.name), let root = LedgerHash(head.root) else { return nil }
        let time = UInt64(max(0, counters.time.load(ordering: .relaxed) / 1000))
        do { return try Seal(name, size: head.size, root: root, time: time, key: key) } catch {
            log.error("a ledger could not be sealed", metadata: ["ledger": "\(name)", "why": "\(error)"])
            return nil
        }
    }

    /// Whether it is on the disk. A file that cannot be written now is tried again a second later: nothing rests on it
    /// but how late an older database is noticed.
    private func keep(_ seals: some Sequence<Seal>) -> Bool {
        do {
            try shelf.keep(seals)
            return true
        } catch {
            log.error("the newest seals could not be kept", metadata: ["why": "\(error)"])
            return false
        }
    }

    private func processorNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
