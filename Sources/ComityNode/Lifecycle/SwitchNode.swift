import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
package import ComityRecords
import ComityService
import ComityStore
package import ComityStoreSQLite
import Crypto
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
    private let views: ViewsThread
    private let checkpoints: CheckpointThread
    private let seals: SealingThread
    private let keeper: KeeperThread
    private let workers: [Worker]
    private let loops: MultiThreadedEventLoopGroup
    private let listener: LinkListener
    private let control: ControlServer
    private let log: Logger

    /// Starts a switch.
    ///
    /// - Parameters:
    ///   - source: the record source; `nil` opens the one that the configuration names.
    ///   - synchronous: how hard a commit tries; nobody but a test of the tests gives anything but `full`.
    package init(
        _ configuration: NodeConfiguration, source: (any RecordSource)? = nil,
        synchronous: SQLiteStore.Synchronous = .full, log: Logger
    ) throws {
        self.configuration = configuration
        self.log = log
        home = Home(configuration.home)
        try home.create()
        lock = try HomeLock(home)
        // A home without its key is not a new home: a new key would make its sealed contents unreadable for good.
        let keyFile = configuration.keyFile ?? configuration.home + ".key"
        let key = home.exists ? try KeyFile.load(keyFile) : try KeyFile.loadOrCreate(keyFile)
        let sealer = SwitchKeySealer(key: key)!
        let sealingKey = try SealingKeyFile.loadOrCreate(configuration.sealingKeyPath)
        store = try SQLiteStore(path: home.store, synchronous: synchronous)

        let data = try SwitchData(configuration)
        let (tables, taxonomy, settings) = (data.tables, data.taxonomy, data.settings)

        let recovered = try store.recover()
        try SealShelf(home).check(recovered.heads, key: sealingKey)
        let mail = try RecoveredMail(recovered, sealer: sealer, switchName: configuration.name)
        let epochs = try RecoveredEpochs(recovered, sealer: sealer, switchName: configuration.name)
        let remains = try Remains(
            recovered, mail: mail, epochs: epochs, store: store,
            duplicateTime: settings.duplicateTime, duplicateLimit: settings.duplicateLimit)
        var clock = SwitchClock(floor: try store.lastTime(recovered))
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
            fresh: SecureBytes.fresh())
        var fresh = SecureBytes.fresh()
        var exchange = Exchange(
            settings: settings, tables: tables, rulebook: activation.rulebook,
            duplicateKey: SwitchData.duplicateKey(from: key))
        try EarlierLookups.count(
            into: &exchange, from: store, last: recovered.lastEntry, epochs: epochs, at: clock.now())
        _ = try ledgerWriter.write(exchange.activated(activation.drafts))
        let (effects, unfinished) = exchange.recover(remains, at: clock.now(), fresh: &fresh)
        let moving = unfinished - exchange.heldLookups
        if moving > 0 {
            _ = try ledgerWriter.write(
                exchange.noteGap(
                    unfinished: moving, since: try store.lastTime(recovered), at: clock.now()))
            log.notice(
                "recovered", metadata: ["unfinished": "\(moving)", "mail": "\(remains.mail.count)"])
        }

        let counters = NodeCounters()
        self.counters = counters
        let switchboard = Inbox<Event>()
        self.switchboard = switchboard
        let views = try ViewsThread(home: home, store: home.store, taxonomy: taxonomy, log: log)
        self.views = views
        let seals = try SealingThread(home: home, key: sealingKey, log: log)
        self.seals = seals
        let checkpoints = try CheckpointThread(store: home.store, log: log)
        self.checkpoints = checkpoints
        let store = store
        let writer = WriterThread(
            switchboard: switchboard, counters: counters, log: log, emptyLog: { try store.emptyLog() }
        ) {
            views.committed()
            checkpoints.committed(store)
        }
        self.writer = writer
        let source =
            try source
            ?? SQLRecordSource(
                file: configuration.records ?? home.path + "/records.sqlite",
                groups: taxonomy.elementGroups)
        let records = RecordsThread(switchboard: switchboard, source: source)
        self.records = records
        let thread = SwitchboardThread(
            inbox: switchboard, writer: writer.inbox, records: records.inbox, counters: counters)
        let keeper = KeeperThread(
            home: home, switchboard: switchboard,
            isLogEmpty: { writer.isLogEmpty.load(ordering: .acquiring) }, log: log)
        self.keeper = keeper
        let lastEntry = recovered.lastEntry > 0 ? try store.lastTime(recovered) : nil
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
        ]

        let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        self.loops = loops
        var secrets: [String: [UInt8]] = [:]
        for link in configuration.links {
            secrets[link.name] = try KeyFile.loadOrCreate(home.secret(of: link.name))
        }
        let service = LinkService(
            limits: configuration.linkLimits, tables: tables, secrets: secrets, inbox: switchboard,
            counters: counters)
        listener = try LinkListener.start(
            host: configuration.listen.host, port: configuration.listen.port,
            loops: loops.makeIterator().map { LinkLoop($0) }, group: loops, service: service)
        port = listener.port
        var inForce = configuration
        inForce.listen.port = port
        try JSONEncoder.readable.encode(inForce).write(
            to: URL(fileURLWithPath: home.configuration), options: .atomic)
        control = try ControlServer.start(
            path: home.controlSocket, group: loops, counters: counters, switchboard: switchboard,
            keeper: keeper.inbox)
        log.notice("serving", metadata: ["port": "\(port)", "links": "\(configuration.links.count)"])
    }

    /// Waits until somebody asks over the control socket that the switch stops.
    package func waitForStopRequest() { control.stopRequested.wait() }

    /// Makes `waitForStopRequest` return: a signal handler's way.
    package func requestStop() { control.stopRequested.signal() }

    /// Stops in good order: no new messages, look-ups that have begun are finished (at most for the given time),
    /// then the store is closed. What is not finished by then is taken up by the next process.
    package func stop(waitingAtMost seconds: Int = 5) {
        listener.stop()
        switchboard.put(.drain)
        for _ in 0..<(seconds * 100) where counters.open.load(ordering: .relaxed) > 0 || switchboard.count > 0
        {
            usleep(10_000)
        }
        control.stop()
        keeper.stop()
        workers[6].join()
        try? loops.syncShutdownGracefully()
        switchboard.close()
        workers[2].join()
        records.inbox.close()
        writer.inbox.close()
        workers[0].join()
        workers[1].join()
        views.stop()
        workers[3].join()
        checkpoints.stop()
        workers[4].join()
        seals.stop()
        workers[5].join()
        do { try store.close() } catch {
            log.error("the store did not close well", metadata: ["why": "\(error)"])
        }
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
