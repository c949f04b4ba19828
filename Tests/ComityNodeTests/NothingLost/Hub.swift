import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityPolicy
import ComityPolicyTestSupport
import ComityStore

/// A switch as a process would run it, on a store in memory: machine and writer, which can crash between any two steps and
/// are then made anew from what the store kept.
struct Hub {
    let store = MemoryStore()
    var now = Timestamp("2026-11-02T15:00:00Z")!
    private(set) var exchange: Exchange
    private var writer: LedgerWriter
    private var fresh: FreshBytes
    /// Appends that the machine wants and the store does not have.
    private var wanted: [Append] = []
    /// What is to happen on connections, in order.
    private(set) var out: [LinkEffect] = []
    private var asks: [Ask] = []
    private let settings: ExchangeSettings
    private static let sealer = SwitchKeySealer(key: [UInt8](repeating: 7, count: 32))!
    static let tables = try! CodeTables(
        json: ExampleWorld.bytes("Data/codes/nlets.json"),
        regions: ExampleWorld.bytes("Data/codes/regions.json"))

    init(_ settings: ExchangeSettings) throws {
        self.settings = settings
        fresh = FreshBytes { (0..<4096).map { _ in UInt8.random(in: 0...255) } }
        exchange = Self.machine(settings)
        writer = try Self.writer(store, Remains())
    }

    // MARK: Life and death

    /// The process is gone, with everything that was on its way; the next one takes over.
    ///
    /// - Parameter keepingLast: whether the last commit had reached the disk when it died, although nobody was told.
    mutating func crash(keepingLast: Bool) throws {
        if keepingLast, !wanted.isEmpty { _ = try writer.write(wanted) }
        (wanted, out, asks) = ([], [], [])
        let recovered = try store.recover()
        let mail = try RecoveredMail(recovered, sealer: Self.sealer, switchName: "hub")
        let remains = try Remains(
            recovered, mail: mail,
            epochs: RecoveredEpochs(recovered, sealer: Self.sealer, switchName: "hub"), store: store,
            queue: RecoveredQueue(recovered, sealer: Self.sealer, switchName: "hub"),
            duplicateTime: settings.duplicateTime, duplicateLimit: settings.duplicateLimit)
        writer = try Self.writer(store, remains)
        exchange = Self.machine(settings)
        exchange.restoreServices(try store.serviceEntries())
        perform(exchange.recover(remains, at: now, fresh: &fresh).effects)
    }

    private static func machine(_ settings: ExchangeSettings) -> Exchange {
        func compiled(_ name: String) -> CompiledPolicy {
            CompiledPolicy(
                ExampleWorld.policy(name), taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
        }
        return Exchange(
            settings: settings, tables: tables,
            rulebook: Rulebook(
                taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory,
                defaultPolicy: compiled("network-default"), floor: compiled("network-floor")),
            duplicateKey: [UInt8](repeating: 7, count: 32))
    }

    private static func writer(_ store: MemoryStore, _ remains: Remains) throws -> LedgerWriter {
        let recovered = try store.recover()
        return try LedgerWriter(
            store: store, sealer: sealer,
            epochs: EpochKeys(sealer: sealer, switchName: "hub", recipients: WriterScene.recipients),
            recovered: recovered,
            mail: try RecoveredMail(recovered, sealer: sealer, switchName: "hub"),
            open: remains.open.map(OpenQuestions.Item.init), switchName: "hub",
            fresh: FreshBytes { (0..<4096).map { _ in UInt8.random(in: 0...255) } })
    }

    // MARK: What happens

    mutating func happen(_ body: (inout Exchange, Timestamp, inout FreshBytes) -> [ComityExchange.Effect]) {
        perform(body(&exchange, now, &fresh))
    }

    mutating func received(_ connection: ConnectionID, _ sequence: UInt64, _ bytes: [UInt8]) {
        let content: Result<Message, MessageError>
        do {
            content = .success(try LegacyCodec.decode(bytes, direction: .input, tables: Self.tables))
        } catch { content = .failure(error) }
        happen { exchange, now, fresh in
            exchange.messageReceived(
                on: connection, sequence: sequence, bytes: bytes, content: content, at: now, fresh: &fresh)
        }
    }

    mutating func set(_ state: ServiceState) {
        happen { exchange, now, _ in [.append(exchange.serviceChanged(state, at: now))] }
    }

    mutating func decide(setAside id: UInt64, release: Bool) throws {
        let append = try exchange.setAsideDecided(id, release: release, at: now)
        perform([.append(append)])
    }

    /// Commits what is wanted, answers record sources, looks at the clock, until nothing is left to do.
    mutating func settle() throws {
        repeat {
            let appends = wanted
            wanted = []
            for receipt in try writer.write(appends).receipts {
                for effect in exchange.storeConfirmed(receipt.append, places: receipt.places, at: now) {
                    switch effect {
                    case .link(let effect): out.append(effect)
                    case .ask(let ask): asks.append(ask)
                    }
                }
            }
            let asked = asks
            asks = []
            for ask in asked {
                happen { exchange, now, fresh in
                    exchange.answerArrived(
                        .records([]), for: ask.lookup, at: now, fresh: &fresh)
                }
            }
            happen { exchange, now, fresh in exchange.deadlinePassed(at: now, fresh: &fresh) }
        } while !wanted.isEmpty || !asks.isEmpty
    }

    /// What is to happen on connections since the last call.
    mutating func takeOut() -> [LinkEffect] {
        defer { out = [] }
        return out
    }

    private mutating func perform(_ effects: [ComityExchange.Effect]) {
        for effect in effects {
            switch effect {
            case .append(let append): wanted.append(append)
            case .link(let effect): out.append(effect)
            }
        }
    }
}
