import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import ComityStoreSQLite
import Dispatch
import Foundation
import Glibc
import Logging
import Synchronization

/// Look-ups written down as a switch writes them, and nothing else: the real writer, envelopes, seals and a store that
/// flushes at each commit, without links, judging and record sources.
///
/// So many look-ups are under way at once; each writes its question, and when that is durable its closing, and then the
/// next begins. What gathers while a commit runs is the next commit.
struct LedgerLine {
    var lookupsUnderWay = 64
    var owners = 50
    var seconds = 5.0

    struct Figures {
        var entriesPerSecond = 0.0
        var commits = 0
        var entriesPerCommit = 0.0
        var sealsPerCommit = 0.0
        /// The part of one processor that signing took.
        var sealingShare = 0.0
        /// Processor time of all threads together for each entry.
        var cpuMicrosecondsPerEntry = 0.0
    }

    /// - Parameter folder: a new home; the caller removes it.
    func run(in folder: String) throws -> Figures {
        let home = Home(folder)
        try home.create()
        let log = Logger(label: "bench") { StreamLogHandler.standardError(label: $0) }
        let store = try SQLiteStore(path: home.store)
        let sealer = SwitchKeySealer(key: SecureBytes.key())!
        let counters = NodeCounters()
        counters.time.store(wallClock().milliseconds, ordering: .relaxed)
        let seals = SealingThread(
            key: MemorySealingKey(secret: SecureBytes.key())!, shelf: SealShelf(folder + "/sealed"),
            book: SealBook(), counters: counters, log: log)
        let checkpoints = try CheckpointThread(store: home.store, log: log)
        let confirmed = Inbox<LedgerWriter.Receipt>()
        let writer = WriterThread(
            counters: counters, log: log, confirm: { confirmed.put($0) },
            afterCommit: { work in
                seals.committed(work.heads)
                checkpoints.committed(store)
            })
        let recipients = try RecipientKeys(folder: folder + "/keys")
        let ledgers = try LedgerWriter(
            store: store, sealer: sealer,
            epochs: EpochKeys(
                sealer: sealer, switchName: "bench", recipients: { try recipients.recipients(of: $0) }),
            recovered: Recovered(), mail: RecoveredMail(), open: [], switchName: "bench",
            fresh: SecureBytes.fresh())
        let handed = HandedWriter(ledgers)
        let workers = [
            Worker("writer") { writer.run(handed.take()) },
            Worker("checkpoint", nice: 10) { checkpoints.run() },
            Worker("seals", nice: 10) { seals.run() },
        ]
        var lookups = LineOfLookups(owners: owners)
        writer.inbox.put((0..<lookupsUnderWay).map { _ in lookups.ask() })
        // The first look-ups of owners and hours make keys, which is not what is measured.
        let begin = run(&lookups, writer.inbox, confirmed, counters, until: now() + 500_000_000)
        let end = run(&lookups, writer.inbox, confirmed, counters, until: now() + UInt64(seconds * 1e9))
        lookups.finish()
        while lookups.waiting > 0, let receipts = confirmed.take() {
            writer.inbox.put(receipts.compactMap { lookups.confirmed($0) })
        }
        writer.inbox.close()
        workers[0].join()
        checkpoints.stop()
        workers[1].join()
        seals.stop()
        workers[2].join()
        try store.close()
        let commits = max(1, end.commits - begin.commits)
        let entries = max(1, end.entries - begin.entries)
        return Figures(
            entriesPerSecond: Double(entries) / (Double(end.at - begin.at) / 1e9), commits: commits,
            entriesPerCommit: Double(entries) / Double(commits),
            sealsPerCommit: Double(end.seals - begin.seals) / Double(commits),
            sealingShare: Double(end.sealing - begin.sealing) / Double(end.at - begin.at),
            cpuMicrosecondsPerEntry: Double(end.cpu - begin.cpu) / Double(entries))
    }

    private struct Mark {
        let at: UInt64
        let commits, entries, seals, sealing: Int
        let cpu: Int
    }

    private func run(
        _ lookups: inout LineOfLookups, _ writer: Inbox<Append>, _ confirmed: Inbox<LedgerWriter.Receipt>,
        _ counters: NodeCounters, until end: UInt64
    ) -> Mark {
        while now() < end, let receipts = confirmed.take() {
            writer.put(receipts.compactMap { lookups.confirmed($0) })
            counters.time.store(wallClock().milliseconds, ordering: .relaxed)
        }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let (user, system) = (usage.ru_utime, usage.ru_stime)
        return Mark(
            at: now(), commits: counters.commits.load(ordering: .relaxed),
            entries: counters.entries.load(ordering: .relaxed),
            seals: counters.seals.load(ordering: .relaxed),
            sealing: counters.sealingNanoseconds.load(ordering: .relaxed),
            cpu: Int(user.tv_sec + system.tv_sec) * 1_000_000 + Int(user.tv_usec + system.tv_usec))
    }

    private func now() -> UInt64 { DispatchTime.now().uptimeNanoseconds }
}

/// The writer, handed to its thread.
private final class HandedWriter: @unchecked Sendable {
    // Written before the thread starts and taken once by it: starting a thread orders the two.
    private var writer: LedgerWriter?

    init(_ writer: LedgerWriter) { self.writer = writer }

    func take() -> LedgerWriter {
        defer { writer = nil }
        return writer!
    }
}
