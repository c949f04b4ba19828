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

    /// - Parameters:
    ///   - confirm: told what became durable, before anything else happens.
    ///   - afterCommit: told what the commit was, on this thread: it must be quick.
    package init(
        counters: NodeCounters, log: Logger, confirm: @escaping @Sendable ([LedgerWriter.Receipt]) -> Void,
        afterCommit: @escaping @Sendable (LedgerWriter.Work) -> Void
    ) {
        self.confirm = confirm
        self.counters = counters
        self.log = log
        self.afterCommit = afterCommit
    }

    /// The exit status after a failed commit (`EX_IOERR` of sysexits).
    static let failedCommitStatus: Int32 = 74

    /// Runs until the inbox is closed and empty.
    package func run(_ writer: consuming LedgerWriter) {
        while let appends = inbox.take() {
            do {
                let (receipts, work) = try writer.write(appends)
                counters.commits.add(1, ordering: .relaxed)
                counters.rows.add(work.rows, ordering: .relaxed)
                counters.entries.add(work.entries, ordering: .relaxed)
                confirm(receipts)
                afterCommit(work)
            } catch {
                log.critical(
                    "the store failed; this process ends, nothing unrecorded was released",
                    metadata: ["why": "\(error)"])
                _exit(Self.failedCommitStatus)
            }
        }
    }
}
