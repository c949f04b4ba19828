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
    private let emptyLog: @Sendable () throws -> Bool
    /// Whether nothing that was erased is left in the store's log.
    let isLogEmpty = Atomic(false)

    init(
        switchboard: Inbox<Event>, counters: NodeCounters, log: Logger,
        emptyLog: @escaping @Sendable () throws -> Bool, afterCommit: @escaping @Sendable () -> Void
    ) {
        self.emptyLog = emptyLog
        self.switchboard = switchboard
        self.counters = counters
        self.log = log
        self.afterCommit = afterCommit
    }

    /// The exit status after a failed commit (`EX_IOERR` of sysexits).
    static let failedCommitStatus: Int32 = 74

    /// Runs until the inbox is closed and empty.
    func run(_ writer: consuming LedgerWriter) {
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
                switchboard.put(.stored(receipts))
                afterCommit()
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
