import ComityExchange
import ComityStoreSQLite
import Glibc
import Logging
import Synchronization

/// Commits whatever has gathered while the last commit ran, and says what became durable.
///
/// A failed commit ends the process: nobody knows what is on disk, so nothing that depended on it may happen. The
/// next process starts from what is there.
final class WriterThread: Sendable {
    let inbox = Inbox<Append>()
    private let switchboard: Inbox<Event>
    private let counters: NodeCounters
    private let log: Logger
    private let afterCommit: @Sendable () -> Void

    init(
        switchboard: Inbox<Event>, counters: NodeCounters, log: Logger,
        afterCommit: @escaping @Sendable () -> Void
    ) {
        self.switchboard = switchboard
        self.counters = counters
        self.log = log
        self.afterCommit = afterCommit
    }

    /// The exit status after a failed commit (`EX_IOERR` of sysexits).
    static let failedCommitStatus: Int32 = 74

    /// Runs until the inbox is closed and empty.
    func run(_ writer: consuming LedgerWriter) {
        while let appends = inbox.take() {
            do {
                let (receipts, work) = try writer.write(appends)
                counters.commits.add(1, ordering: .relaxed)
                counters.rows.add(work.rows, ordering: .relaxed)
                counters.entries.add(work.entries, ordering: .relaxed)
                switchboard.put(.stored(receipts))
                afterCommit()
            } catch {
                log.critical(
                    "the store failed; this process ends, nothing unrecorded was released",
                    metadata: ["why": "\(error)"])
                _exit(Self.failedCommitStatus)
            }
        }
    }
}
