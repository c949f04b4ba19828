package import ComityExchange
import Glibc
package import Logging
import Synchronization

/// Commits whatever has gathered while the last commit ran, and says what became durable.
///
/// A failed commit ends the process: nobody knows what is on disk, so nothing that depended on it may happen. The
/// next process starts from what is there.
package final class WriterThread: Sendable {
    package let inbox = Inbox<Append>()
    private let confirm: @Sendable ([LedgerWriter.Receipt]) -> Void
    private let counters: NodeCounters
    private let log: Logger
    private let afterCommit: @Sendable (LedgerWriter.Work) -> Void
    private let emptyLog: @Sendable () throws -> Bool
    /// Whether nothing that was erased is left in the store's log.
    let isLogEmpty = Atomic(false)

    /// - Parameters:
    ///   - emptyLog: empties the store's log; `false` if a reader still needs it.
    ///   - confirm: told what became durable, before anything else happens.
    ///   - afterCommit: told what the commit was, on this thread: it must be quick.
    package init(
        counters: NodeCounters, log: Logger, emptyLog: @escaping @Sendable () throws -> Bool = { true },
        confirm: @escaping @Sendable ([LedgerWriter.Receipt]) -> Void,
        afterCommit: @escaping @Sendable (LedgerWriter.Work) -> Void
    ) {
        self.emptyLog = emptyLog
        self.confirm = confirm
        self.counters = counters
        self.log = log
        self.afterCommit = afterCommit
    }

    /// The exit status after a failed commit (`EX_IOERR` of sysexits).
    static let failedCommitStatus: Int32 = 74

    /// Runs until the inbox is closed and empty.
    package func run(_ writer: consuming LedgerWriter) {
        // What an earlier process erased may still be in the log.
        while let appends = inbox.take(
            waitingAtMost: isLogEmpty.load(ordering: .acquiring) ? nil : Self.emptyingEvery)
        {
            guard !appends.isEmpty else {
                tryToEmptyLog()
                continue
            }
            do {
                let erases = appends.contains { !$0.erasedBodies.isEmpty || !$0.erasedEpochs.isEmpty }
                if erases { isLogEmpty.store(false, ordering: .releasing) }
                let (receipts, work) = try writer.write(appends)
                counters.commits.add(1, ordering: .relaxed)
                counters.rows.add(work.rows, ordering: .relaxed)
                counters.entries.add(work.entries, ordering: .relaxed)
                confirm(receipts)
                afterCommit(work)
                if erases { tryToEmptyLog() }
            } catch {
                log.critical(
                    "the store failed; this process ends, nothing unrecorded was released",
                    metadata: ["why": "\(error)"])
                _exit(Self.failedCommitStatus)
            }
        }
    }

    /// How long a reader that needs the log is given before it is tried again, when nothing else is to do.
    private static let emptyingEvery = Duration.milliseconds(100)

    private func tryToEmptyLog() {
        guard !isLogEmpty.load(ordering: .acquiring) else { return }
        do {
            if try emptyLog() { isLogEmpty.store(true, ordering: .releasing) }
        } catch {
            log.warning("the log of the store could not be emptied", metadata: ["why": "\(error)"])
        }
    }
}
