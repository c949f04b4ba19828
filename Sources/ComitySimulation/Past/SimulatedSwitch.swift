package import ComityExchange
package import ComityMessages
package import ComityNode
package import ComityRecords
package import ComityService

/// The machine, the ledger writer and a record source under a clock that is set by hand: the same parts as in a
/// running switch, without threads, links and waiting.
package struct SimulatedSwitch {
    private var exchange: Exchange
    private var writing: Writing
    private var fresh: FreshBytes
    private let tables: CodeTables
    private let source: any RecordSource
    private var chance: Chance
    /// The simulated time; it never goes back.
    package private(set) var now: Timestamp
    /// Owners whose source says nothing at all: their look-ups run out of time.
    package var silent: Set<MemberCode> = []
    private var lines: [String: Line] = [:]
    /// The links by the number of their connection, from 1.
    private var names: [String] = []
    private var delivered: [Delivery] = []

    /// Who writes what the machine appends.
    package enum Writing {
        /// The writer, at once.
        case here(LedgerWriter)
        /// The writer on another thread, some steps behind.
        case behind(WriterLine)

        mutating func write(_ append: Append) throws -> [EntryPlace] {
            switch self {
            case .here(var writer):
                let places = try writer.write([append]).receipts.flatMap(\.places)
                self = .here(writer)
                return places
            case .behind(let line): return try line.write(append)
            }
        }
    }

    private struct Line {
        let connection: ConnectionID
        var sent: UInt64 = 0
    }

    /// A message that the switch sent.
    package struct Delivery: Hashable, Sendable {
        package let link: String
        package let bytes: [UInt8]
    }

    package init(
        exchange: Exchange, writing: Writing, fresh: FreshBytes, tables: CodeTables,
        source: any RecordSource,
        seed: UInt64, at start: Timestamp
    ) {
        self.exchange = exchange
        self.writing = writing
        self.fresh = fresh
        self.tables = tables
        self.source = source
        chance = Chance(seed: seed)
        now = start
    }

    /// Judges by other policies from now on, and writes down what came into force.
    package mutating func activate(_ activation: Activation) throws {
        exchange.rulebook = activation.rulebook
        for append in exchange.activated(activation.drafts) { _ = try writing.write(append) }
    }

    /// A message arrives on a link. Everything that follows from it at once is done when this returns; what waits
    /// for a deadline waits for `advance`.
    ///
    /// - Returns: what the switch delivered since the last call.
    @discardableResult
    package mutating func receive(_ bytes: [UInt8], on link: String, at time: Timestamp) throws -> [Delivery]
    {
        try receive(bytes, Self.content(of: bytes, tables), on: link, at: time)
    }

    /// What the codec makes of a message.
    static func content(of bytes: [UInt8], _ tables: CodeTables) -> Result<Message, MessageError> {
        do {
            return .success(try LegacyCodec.decode(bytes, direction: .input, tables: tables))
        } catch {
            return .failure(error)
        }
    }

    /// The same for a message that was read already, as a link's own thread does it in a running switch.
    @discardableResult
    package mutating func receive(
        _ bytes: [UInt8], _ content: Result<Message, MessageError>, on link: String, at time: Timestamp
    ) throws -> [Delivery] {
        try advance(to: time)
        try open(link)
        lines[link]!.sent += 1
        let line = lines[link]!
        try perform(
            exchange.messageReceived(
                on: line.connection, sequence: line.sent, bytes: bytes, content: content, at: now,
                fresh: &fresh))
        return takeDelivered()
    }

    /// Lets time pass: whatever has a deadline on the way happens at its time.
    package mutating func advance(to time: Timestamp) throws {
        while let deadline = exchange.nextDeadline(), deadline <= time {
            now = max(now, deadline)
            try perform(exchange.deadlinePassed(at: now, fresh: &fresh))
        }
        now = max(now, time)
    }

    /// What was delivered since the last call, by deadlines too.
    package mutating func takeDelivered() -> [Delivery] {
        defer { delivered = [] }
        return delivered
    }

    /// All links say goodbye.
    package mutating func end() throws {
        for name in names { try perform(exchange.linkEnded(lines[name]!.connection)) }
        lines = [:]
        names = []
        try perform(exchange.tidy())
    }

    private mutating func open(_ link: String) throws {
        guard lines[link] == nil else { return }
        names.append(link)
        let connection = ConnectionID(UInt64(names.count))
        lines[link] = Line(connection: connection)
        try perform(exchange.linkOpened(connection, link: link, session: "past", received: 0, at: now))
    }

    // MARK: Effects

    private mutating func perform(_ effects: [Effect]) throws {
        for effect in effects {
            switch effect {
            case .append(let append):
                let places = try writing.write(append)
                // A group commit takes some milliseconds.
                now = now + .milliseconds(1 + chance.below(4))
                try perform(durable: exchange.storeConfirmed(append.number, places: places, at: now))
            case .link(let effect): try perform(effect)
            }
        }
    }

    private mutating func perform(durable effects: [DurableEffect]) throws {
        for effect in effects {
            switch effect {
            case .ask(let ask):
                guard !silent.contains(ask.owner) else { continue }
                let answer = source.answer(ask)
                // An owner's system takes some tens of milliseconds, now and then much longer.
                now =
                    now + .milliseconds(chance.happens(20) ? 300 + chance.below(900) : 15 + chance.below(60))
                try perform(exchange.answerArrived(answer, for: ask.lookup, at: now, fresh: &fresh))
            case .link(let effect): try perform(effect)
            }
        }
    }

    private mutating func perform(_ effect: LinkEffect) throws {
        guard case .send(let connection, let sequence, let bytes) = effect else { return }
        delivered.append(Delivery(link: names[Int(connection.number) - 1], bytes: bytes))
        try perform(exchange.linkAcknowledged(connection, through: sequence))
    }
}
