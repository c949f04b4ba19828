import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import ComityTestSupport

/// The machine with the plainest driver there is: a ledger in memory that confirms at once, a record source that
/// is a closure, and lists of everything that came out.
struct World {
    var exchange: Exchange
    var now = Timestamp("2026-11-02T15:00:00Z")!
    var fresh: FreshBytes
    /// What the record source says.
    var source: (Ask) -> RecordAnswer = { _ in .records([World.record]) }
    /// Whether appends are confirmed at once, or wait for `confirm()`.
    var confirmsAtOnce = true
    var answersAtOnce = true

    private(set) var ledgers: [LedgerName: [LedgerEntry]] = [:]
    private(set) var waiting: [Append] = []
    private(set) var appends: [Append] = []
    private(set) var asked: [Ask] = []
    /// Everything that went out on links, in order.
    private(set) var out: [LinkEffect] = []
    private var sequences: [ConnectionID: UInt64] = [:]

    static let tables = try! CodeTables(
        json: ExampleWorld.bytes("Data/codes/nlets.json"),
        regions: ExampleWorld.bytes("Data/codes/regions.json"))

    static let record = VehicleRecord(
        elements: [
            TaggedElement("OLN", "X0000001", .licence), TaggedElement("NAM", "EXAMPLE,PAT Q", .identity),
            TaggedElement("DOB", "19700101", .identity), TaggedElement("ADR", "1 EXAMPLE ST", .address),
            TaggedElement("STATUS", "VALID", .status), TaggedElement("IMG", "SYNTHETIC PHOTO 1", .photo),
        ], facts: ["protected-person": "no", "minor": "no"])

    /// A world with the example policies: WA, NY and TX have a policy, the others none.
    init(
        seed: UInt64 = 1, owners: [MemberCode: OwnerRoute]? = nil, links: [LinkPermit] = [World.terminal],
        policies: [Policy] = ["WA", "NY", "TX"].map(ExampleWorld.policy),
        floor: Policy = ExampleWorld.policy("network-floor"),
        change: (inout ExchangeSettings) -> Void = { _ in }
    ) {
        let taxonomy = ExampleWorld.taxonomy
        let directory = ExampleWorld.directory
        func compiled(_ policy: Policy) -> CompiledPolicy {
            CompiledPolicy(policy, taxonomy: taxonomy, directory: directory)
        }
        var rulebook = Rulebook(
            taxonomy: taxonomy, directory: directory,
            defaultPolicy: compiled(ExampleWorld.policy("network-default")), floor: compiled(floor))
        for policy in policies { rulebook.set(.policy(compiled(policy)), for: policy.owner) }
        let all = Dictionary(uniqueKeysWithValues: Self.tables.states.map { ($0, OwnerRoute.records) })
        var settings = ExchangeSettings(
            switchName: "hub", ori: ORI("DXHUB0000")!,
            links: Dictionary(uniqueKeysWithValues: links.map { ($0.name, $0) }), owners: owners ?? all)
        change(&settings)
        exchange = Exchange(
            settings: settings, tables: Self.tables, rulebook: rulebook,
            duplicateKey: Array(repeating: 7, count: 32))
        fresh = FreshBytes.seeded(seed)
    }

    static let terminal = LinkPermit(name: "desk", speaksFor: Speakers(everybody: true), sharesSessions: true)

    // MARK: Events

    mutating func open(
        _ connection: UInt64, link: String = "desk", session: String = "s1", received: UInt64 = 0
    ) {
        sequences[ConnectionID(connection)] = sequences[ConnectionID(connection)] ?? 0
        perform(
            exchange.linkOpened(
                ConnectionID(connection), link: link, session: session, received: received, at: now))
    }

    mutating func close(_ connection: UInt64) { exchange.linkClosed(ConnectionID(connection), at: now) }

    /// Sends a message in input form; the next number of the connection unless one is given.
    mutating func send(_ text: String, on connection: UInt64 = 1, sequence: UInt64? = nil) {
        let id = ConnectionID(connection)
        let number = sequence ?? (sequences[id] ?? 0) + 1
        sequences[id] = max(number, sequences[id] ?? 0)
        let bytes = Array(text.utf8)
        let content: Result<Message, MessageError>
        do {
            content = .success(try LegacyCodec.decode(bytes, direction: .input, tables: Self.tables))
        } catch {
            content = .failure(error)
        }
        perform(
            exchange.messageReceived(
                on: id, sequence: number, bytes: bytes, content: content, at: now, fresh: &fresh))
    }

    mutating func acknowledge(_ connection: UInt64, through sequence: UInt64) {
        perform(exchange.linkAcknowledged(ConnectionID(connection), through: sequence))
    }

    mutating func wait(_ time: Duration) {
        now = now + time
        perform(exchange.deadlinePassed(at: now, fresh: &fresh))
    }

    mutating func answer(_ answer: RecordAnswer, for lookup: TransactionID) {
        perform(exchange.answerArrived(answer, for: lookup, at: now, fresh: &fresh))
    }

    /// A desk decides.
    mutating func decide(_ decision: DeskDecision) throws -> DeskOutcome {
        let (outcome, append) = try exchange.deskDecided(decision, at: now, fresh: &fresh)
        perform([.append(append)])
        return outcome
    }

    /// Somebody says what a destination takes.
    mutating func set(_ state: ServiceState) {
        perform([.append(exchange.serviceChanged(state, at: now))])
    }

    /// A person decides about a message that was set aside.
    mutating func decide(setAside id: UInt64, release: Bool) throws {
        perform([.append(try exchange.setAsideDecided(id, release: release, at: now))])
    }

    /// A person has a message sent once more.
    mutating func resend(_ order: ResendOrder) throws -> [RelayLine] {
        let (lines, append) = try exchange.resent(order, at: now, fresh: &fresh)
        perform([.append(append)])
        return lines
    }

    /// Confirms the oldest append that waits.
    mutating func confirm() {
        let append = waiting.removeFirst()
        confirm(append)
    }

    mutating func takeUp(_ remains: Remains) {
        let (effects, _) = exchange.recover(remains, at: now, fresh: &fresh)
        perform(effects)
    }

    // MARK: Driving

    private mutating func perform(_ effects: [ComityExchange.Effect]) {
        for effect in effects {
            switch effect {
            case .link(let effect): out.append(effect)
            case .append(let append):
                appends.append(append)
                if confirmsAtOnce { confirm(append) } else { waiting.append(append) }
            }
        }
    }

    private mutating func confirm(_ append: Append) {
        var places: [EntryPlace] = []
        for draft in append.drafts { places.append(write(draft, places)) }
        for effect in exchange.storeConfirmed(append.number, places: places, at: now) {
            switch effect {
            case .link(let effect): out.append(effect)
            case .ask(let ask):
                asked.append(ask)
                if answersAtOnce { answer(source(ask), for: ask.lookup) }
            }
        }
    }

    private mutating func write(_ draft: Draft, _ places: [EntryPlace]) -> EntryPlace {
        let entry: LedgerEntry =
            switch draft {
            case .question(let entry, _, _, _): .question(entry)
            case .closing(var entry, let ofDraft):
                {
                    if let ofDraft { entry.question = places[ofDraft].position }
                    return .closing(entry)
                }()
            case .review(let entry, _): .review(entry)
            case .resend(let entry, _): .resend(entry)
            case .relay(let entry, _, _, _): .relay(entry)
            case .posting(let entry, _, _): .posting(entry)
            case .other(let entry, _): entry
            }
        let position = UInt64(ledgers[entry.ledger, default: []].count)
        ledgers[entry.ledger, default: []].append(entry)
        return EntryPlace(ledger: entry.ledger, position: position)
    }

    // MARK: What came out

    /// The messages sent to a connection, decoded.
    func messages(to connection: UInt64 = 1) -> [Message] {
        out.compactMap { effect in
            guard case .send(ConnectionID(connection), _, let bytes) = effect else { return nil }
            return try? LegacyCodec.decode(bytes, direction: .output, tables: Self.tables)
        }
    }

    /// The numbers under which messages were sent to a connection.
    func numbers(to connection: UInt64) -> [UInt64] {
        out.compactMap { effect in
            if case .send(ConnectionID(connection), let sequence, _) = effect { sequence } else { nil }
        }
    }

    /// The bytes sent to anybody.
    var frames: [[UInt8]] {
        out.compactMap { if case .send(_, _, let bytes) = $0 { bytes } else { nil } }
    }

    var notices: [Notice] { out.compactMap { if case .notice(_, let notice) = $0 { notice } else { nil } } }

    var acknowledged: [UInt64] {
        out.compactMap { if case .acknowledge(_, let through) = $0 { through } else { nil } }
    }

    /// The entries of an owner's ledger, or of the operations ledger.
    func entries(_ owner: String) -> [LedgerEntry] {
        ledgers.filter { $0.key.owner == owner || (owner == "operations" && $0.key.kind == .operations) }
            .sorted { $0.key < $1.key }.flatMap(\.value)
    }

    func questions(_ owner: String) -> [QuestionEntry] {
        entries(owner).compactMap { if case .question(let entry) = $0 { entry } else { nil } }
    }

    /// What the control ledger says of service.
    var services: [ServiceEntry] {
        ledgers.filter { $0.key.kind == .control }.flatMap(\.value)
            .compactMap { if case .service(let entry) = $0 { entry } else { nil } }
    }

    /// The reasons of what the operations ledger says about messages.
    var reasons: [String] {
        entries("operations").compactMap { if case .message(let entry) = $0 { entry.reason } else { nil } }
    }

    func reviews(_ owner: String) -> [ReviewEntry] {
        entries(owner).compactMap { if case .review(let entry) = $0 { entry } else { nil } }
    }

    func closings(_ owner: String) -> [ClosingEntry] {
        entries(owner).compactMap { if case .closing(let entry) = $0 { entry } else { nil } }
    }

    /// What lay beside the ledger of each question that was appended, for recovery.
    var bodies: [(entry: QuestionEntry, body: QuestionBody)] {
        appends.flatMap(\.drafts).compactMap {
            if case .question(let entry, let body, _, _) = $0 { (entry, body) } else { nil }
        }
    }
}

extension FreshBytes {
    static func seeded(_ seed: UInt64) -> FreshBytes {
        let generator = Generator(seed)
        return FreshBytes { generator.page() }
    }

    private final class Generator: @unchecked Sendable {
        // Used by one test at a time.
        private var random: Seeded

        init(_ seed: UInt64) { random = Seeded(seed) }

        func page() -> [UInt8] { (0..<256).map { _ in UInt8.random(in: 0...255, using: &random) } }
    }
}

extension Message {
    /// The first line of an answer of the switch.
    var statusLine: String { String(text.prefix { $0 != "\n" }) }
}
