import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
package import ComityRecords
import ComityService
import ComityStore
import ComityStoreSQLite
import Crypto
import Dispatch
package import Foundation
import Glibc
package import Logging
import NIOCore
import NIOPosix
import Synchronization

/// One running switch: its store, its machine, its threads and its links.
///
/// Order of starting: lock, key, durable store (settings read back), data and policies, recovery, threads, links.
/// Stopping goes the other way round, and waits for look-ups that have begun.
package final class SwitchNode: Sendable {
    package let configuration: NodeConfiguration
    package let home: Home
    /// The port on which links connect.
    package let port: Int
    /// What the switch counts of itself.
    package let counters: NodeCounters
    /// Alarms found at the start: owners whose policy was lost.
    package let alarms: [String]

    private let lock: HomeLock
    private let store: SQLiteStore
    private let switchboard: Inbox<Event>
    private let writer: WriterThread
    private let records: RecordsThread
    private let archive: ArchiveThread
    private let views: ViewsThread
    private let checkpoints: CheckpointThread
    private let seals: SealingThread
    private let keeper: KeeperThread
    private let changes: ChangeThread
    private let workers: [Worker]
    private let loops: MultiThreadedEventLoopGroup
    private let listener: LinkListener
    private let uplink: Uplink?
    private let control: ControlServer
    private let metrics: MetricsServer?
    /// The port on which metrics are asked for; `nil` if nowhere.
    package var metricsPort: Int? { metrics?.port }
    private let log: Logger
    private let ending = Ending()

    /// That somebody wants the switch to stop, and why.
    private final class Ending: Sendable {
        let requested = DispatchSemaphore(value: 0)
        let status = Atomic<Int32>(0)
    }

    /// The status with which the process is to end: 0, or what `docs/operations/configuration.md` says.
    package var exitStatus: Int32 { ending.status.load(ordering: .relaxed) }

    /// Starts a switch.
    ///
    /// - Parameters:
    ///   - source: the record source; `nil` opens the one that the configuration names.
    ///   - fittings: what nobody but a test or a benchmark changes.
    package init(
        _ configuration: NodeConfiguration, source: (any RecordSource)? = nil,
        fittings: Fittings = Fittings(), log: Logger
    ) throws {
        self.configuration = configuration
        self.log = log
        home = Home(configuration.home)
        try home.create()
        lock = try HomeLock(home)
        // A home without its key is not a new home: a new key would make its sealed contents unreadable for good.
        let keyFile = configuration.keyFile ?? configuration.home + ".key"
        let key = home.exists ? try KeyFile.load(keyFile) : try KeyFile.loadOrCreate(keyFile)
        let sealer = fittings.sealer(key)
        let sealingKey = try SealingKeyFile.loadOrCreate(configuration.sealingKeyPath)
        store = try SQLiteStore(path: home.store, synchronous: fittings.synchronous)

        let shelfOfVersions = VersionShelf(home)
        let version = try shelfOfVersions.starting(configuration, at: SwitchClock.wall())
        let data = try SwitchData(version.configuration, drained: version.drained)
        let (tables, taxonomy, settings) = (data.tables, data.taxonomy, data.settings)

        let recovered = try store.recover()
        let shelf = SealShelf(configuration.sealedPath)
        if recovered.lastEntry > 0, !shelf.exists {
            log.warning(
                "no seals are kept of this home's ledgers, so an older database would not be noticed",
                metadata: ["file": "\(configuration.sealedPath)"])
        }
        let sealedAt = try shelf.check(recovered.heads, key: sealingKey)
        let mail = try RecoveredMail(recovered, sealer: sealer, switchName: configuration.name)
        let epochs = try RecoveredEpochs(recovered, sealer: sealer, switchName: configuration.name)
        let remains = try Remains(
            recovered, mail: mail, epochs: epochs, store: store,
            queue: RecoveredQueue(recovered, sealer: sealer, switchName: configuration.name),
            duplicateTime: settings.duplicateTime, duplicateLimit: settings.duplicateLimit)
        let lastTime = try store.lastTime(recovered)
        try ClockStartError.check(last: lastTime, now: fittings.clock.wall())
        let running = RunningMark(home)
        let isAfterCrash = running.isThere
        var clock = SwitchClock(
            floor: max(lastTime, Timestamp(milliseconds: Int64(clamping: sealedAt) &* 1000)),
            sources: fittings.clock)
        let activation = try data.activation(control: store.controlEntries(), at: clock.now())
        alarms = activation.rulebook.lost.map { "\($0.owner): \($0.why); its look-ups are refused" }
        for alarm in alarms { log.error("a policy is lost", metadata: ["alarm": "\(alarm)"]) }

        var ledgerWriter = try LedgerWriter(
            store: store, sealer: sealer,
            epochs: EpochKeys(
                sealer: sealer, switchName: configuration.name,
                hoursKept: activation.rulebook.hoursCountedBySubject,
                recipients: try RecipientKeys(folder: configuration.recipientKeysFolder).recipients),
            recovered: recovered, mail: mail,
            open: remains.open.map(OpenQuestions.Item.init), switchName: configuration.name,
            fresh: SecureBytes.fresh(), bodies: fittings.bodies)
        var fresh = SecureBytes.fresh()
        var exchange = Exchange(
            settings: settings, tables: tables, rulebook: activation.rulebook,
            duplicateKey: SwitchData.duplicateKey(from: key))
        exchange.restoreServices(try store.serviceEntries())
        exchange.restore(try store.postings())
        try EarlierLookups.count(
            into: &exchange, from: store, last: recovered.lastEntry, epochs: epochs, at: clock.now())
        try shelfOfVersions.put(version)
        _ = try ledgerWriter.write(
            exchange.activated(
                activation.drafts + version.drafts(after: store.controlEntries(), at: clock.now())))
        let (effects, unfinished) = exchange.recover(remains, at: clock.now(), fresh: &fresh)
        let moving = unfinished - exchange.heldLookups - exchange.lookupsOutOfService
        if moving > 0 || (isAfterCrash && recovered.lastEntry > 0) {
            _ = try ledgerWriter.write(
                exchange.noteGap(
                    unfinished: moving, since: lastTime, crashed: isAfterCrash, at: clock.now()))
            log.notice(
                "recovered", metadata: ["unfinished": "\(moving)", "mail": "\(remains.mail.count)"])
        }
        try running.set()

        let counters = NodeCounters()
        self.counters = counters
        counters.time.store(clock.now().milliseconds, ordering: .relaxed)
        let ending = ending
        let switchboard = Inbox<Event>()
        self.switchboard = switchboard
        let views = try ViewsThread(home: home, store: home.store, taxonomy: taxonomy, log: log)
        self.views = views
        let book = SealBook()
        let seals = SealingThread(
            key: sealingKey, shelf: shelf, book: book, counters: counters, log: log)
        self.seals = seals
        // What the last process did not come to, and what was written above.
        if fittings.sealsLedgers { seals.committed(try store.heads()) }
        let checkpoints = try CheckpointThread(store: home.store, log: log)
        self.checkpoints = checkpoints
        let store = store
        let writer = WriterThread(
            counters: counters, log: log, emptyLog: { try store.emptyLog() },
            confirm: { switchboard.put(.stored($0)) },
            afterCommit: { work in
                if fittings.sealsLedgers { seals.committed(work.heads) }
                views.committed()
                checkpoints.committed(store)
            })
        self.writer = writer
        let records = RecordsThread(
            switchboard: switchboard, source: try source ?? data.source(configuration))
        self.records = records
        let archive = ArchiveThread(home: home, switchboard: switchboard, log: log)
        self.archive = archive
        let thread = SwitchboardThread(
            inbox: switchboard, writer: writer.inbox, records: records.inbox, archive: archive.inbox,
            counters: counters
        ) { step in
            ClockFaults.log(step, to: log)
            ending.status.store(ClockFaults.status, ordering: .relaxed)
            ending.requested.signal()
        }
        let keeper = KeeperThread(
            home: home, switchboard: switchboard,
            isLogEmpty: { writer.isLogEmpty.load(ordering: .acquiring) }, log: log)
        self.keeper = keeper
        let service = LinkService(
            limits: configuration.linkLimits, tables: tables, inbox: switchboard, counters: counters)
        try service.learn(configuration.links.map(\.name), in: home)
        let changes = ChangeThread(
            home: home, switchboard: switchboard, links: service, records: records, log: log)
        self.changes = changes
        let lastEntry = recovered.lastEntry > 0 ? lastTime : nil
        let start = Handover((exchange, clock, fresh, effects))
        let writerStart = Handover(ledgerWriter)
        workers = [
            Worker("writer") { writer.run(writerStart.take()) },
            Worker("records") { records.run() },
            Worker("switchboard") {
                let (exchange, clock, fresh, effects) = start.take()
                thread.run(exchange, clock: clock, fresh: fresh, begin: effects)
            },
            Worker("views", nice: 10) { views.run() },
            Worker("checkpoint", nice: 10) { checkpoints.run() },
            Worker("seals", nice: 10) { seals.run() },
            Worker("keeper", nice: 10) { keeper.run(lastEntry: lastEntry) },
            Worker("changes", nice: 10) { changes.run() },
            Worker("archive", nice: 10) { archive.run() },
        ]

        let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        self.loops = loops
        let linkLoops = loops.makeIterator().map { LinkLoop($0) }
        let uplink = try configuration.uplink.map {
            Uplink(try $0.target(of: configuration), loop: linkLoops[0], service: service, log: log)
        }
        self.uplink = uplink
        listener = try LinkListener.start(
            host: configuration.listen.host, port: configuration.listen.port, loops: linkLoops,
            group: loops, service: service)
        port = listener.port
        let gauges = MetricsSource(
            name: configuration.name, counters: counters, switchboard: switchboard, views: views, seals: book)
        metrics = try configuration.metrics.map {
            try MetricsServer.start(host: $0.host, port: $0.port, group: loops, source: gauges)
        }
        var inForce = version.configuration
        inForce.listen.port = port
        inForce.metrics?.port = metrics?.port ?? 0
        try JSONEncoder.readable.encode(inForce).write(
            to: URL(fileURLWithPath: home.configuration), options: .atomic)
        control = try ControlServer.start(
            path: home.controlSocket, group: loops, counters: counters, switchboard: switchboard,
            keeper: keeper.inbox, changes: changes.inbox, seals: book, stop: ending.requested)
        uplink?.start()
        log.notice("serving", metadata: ["port": "\(port)", "links": "\(configuration.links.count)"])
    }

    /// Waits until somebody asks over the control socket that the switch stops, or it must (`exitStatus`).
    package func waitForStopRequest() { ending.requested.wait() }

    /// Makes `waitForStopRequest` return: a signal handler's way.
    package func requestStop() { ending.requested.signal() }

    /// Stops in good order: no new messages, look-ups that have begun are finished (at most for the given time),
    /// then the store is closed. What is not finished by then is taken up by the next process.
    package func stop(waitingAtMost seconds: Int = 5) {
        listener.stop()
        uplink?.stop()
        switchboard.put(.drain)
        for _ in 0..<(seconds * 100) where counters.open.load(ordering: .relaxed) > 0 || switchboard.count > 0
        {
            usleep(10_000)
        }
        control.stop()
        metrics?.stop()
        changes.stop()
        workers[7].join()
        keeper.stop()
        workers[6].join()
        try? loops.syncShutdownGracefully()
        switchboard.close()
        workers[2].join()
        records.inbox.close()
        archive.inbox.close()
        writer.inbox.close()
        workers[0].join()
        workers[1].join()
        workers[8].join()
        views.stop()
        workers[3].join()
        checkpoints.stop()
        workers[4].join()
        seals.stop()
        workers[5].join()
        do { try store.close() } catch {
            log.error("the store did not close well", metadata: ["why": "\(error)"])
        }
        RunningMark(home).clear()
        lock.release()
        log.notice("stopped")
    }

    /// Waits until the read models have everything that was committed so far.
    package func waitForViews() { views.catchUp() }

}

/// A value that moves to exactly one thread.
final class Handover<Value>: @unchecked Sendable {
    // Written once before the thread starts and taken once by it: starting a thread orders the two.
    private var value: Value?

    init(_ value: Value) { self.value = value }

    func take() -> Value {
        defer { value = nil }
        return value!
    }
}

extension JSONEncoder {
    /// For files that people read.
    package static var readable: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
