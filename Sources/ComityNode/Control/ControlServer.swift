import ComityExchange
import ComityLedger
import Dispatch
import Foundation
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// The socket in the home through which other programs of this machine's user ask a running switch.
///
/// One JSON object a line in each direction: `{"do":"status"}`, `{"do":"links"}`, `{"do":"stop"}`, `{"do":"seal","ledger":"hub/lane/WA/2026"}`,
/// and what `KeepingRequest`, `ChangeRequest`, `DeskRequest` and `QueueRequest` say.
struct ControlServer {
    private let channel: any Channel
    private let path: String

    /// - Parameter stop: signalled when somebody wants the switch to stop.
    static func start(
        path: String, group: any EventLoopGroup, counters: NodeCounters, switchboard: Inbox<Event>,
        keeper: Inbox<KeeperThread.Job>, changes: Inbox<ChangeThread.Job>, seals: SealBook,
        stop: DispatchSemaphore
    ) throws -> ControlServer {
        unlink(path)
        let channel = try ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ControlHandler(
                            counters: counters, switchboard: switchboard, keeper: keeper, changes: changes,
                            seals: seals,
                            stop: stop))
                }
            }
            .bind(unixDomainSocketPath: path).wait()
        chmod(path, 0o600)
        return ControlServer(channel: channel, path: path)
    }

    private init(channel: any Channel, path: String) {
        self.channel = channel
        self.path = path
    }

    func stop() {
        try? channel.close().wait()
        unlink(path)
    }
}

/// What a running switch says of itself.
package struct SwitchStatus: Hashable, Sendable, Codable {
    package var process: Int
    package var commits: Int
    package var rows: Int
    package var entries: Int
    /// States of ledgers signed since the start.
    package var seals: Int
    package var openLookups: Int
    package var heldLookups: Int
    /// Look-ups that wait for service at their owners.
    package var lookupsOutOfService: Int
    /// Messages that wait without a number, and those that were set aside.
    package var queued: Int
    package var setAside: Int
    package var sessions: Int
    package var connectedSessions: Int
    /// What an operator must see to: owners whose policy was lost.
    package var alarms: [String]
    /// Processor time used by the process so far, in microseconds.
    package var cpuMicroseconds: Int
}

/// One connection of the control socket.
final class ControlHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let counters: NodeCounters
    private let switchboard: Inbox<Event>
    private let keeper: Inbox<KeeperThread.Job>
    private let changes: Inbox<ChangeThread.Job>
    private let seals: SealBook
    private let stop: DispatchSemaphore
    private var line = ByteBuffer()

    /// Requests are short, but for one that hands in a message; a longer line is not one.
    private static let maximumLine = 65_536

    init(
        counters: NodeCounters, switchboard: Inbox<Event>, keeper: Inbox<KeeperThread.Job>,
        changes: Inbox<ChangeThread.Job>, seals: SealBook,
        stop: DispatchSemaphore
    ) {
        self.counters = counters
        self.switchboard = switchboard
        self.keeper = keeper
        self.changes = changes
        self.seals = seals
        self.stop = stop
    }

    private struct Request: Decodable {
        let `do`: String
        /// Of which ledger.
        let ledger: String?
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        line.writeBuffer(&buffer)
        while let end = line.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let bytes = line.readBytes(length: end - line.readerIndex) ?? []
            line.moveReaderIndex(forwardBy: 1)
            answer(bytes, context: context)
        }
        if line.readableBytes > Self.maximumLine { context.close(promise: nil) }
    }

    private func answer(_ bytes: [UInt8], context: ChannelHandlerContext) {
        let request = try? JSONDecoder().decode(Request.self, from: Data(bytes))
        switch request?.do {
        case "status":
            let (counters, reply) = (counters, later(context, SwitchStatus.self))
            switchboard.put(.visit { exchange in reply(SwitchStatus(counters, exchange)) })
        case "links":
            let reply = later(context, [String: [LinkCard]].self)
            switchboard.put(.visit { exchange in reply(["links": exchange.linkStates.map(LinkCard.init)]) })
        case "stop":
            Self.send(["stopping": true], context: context)
            stop.signal()
        case "seal":
            let seal = request?.ledger.flatMap { LedgerName($0) }.flatMap { seals.seal(of: $0) }
            Self.send(seal.map { ["seal": $0.note.description] } ?? [:], context: context)
        case "erase", "expire", "access", "service", "resend":
            guard let request: KeepingRequest = read(bytes, context: context) else { return }
            let reply = later(context, ControlReply<KeepingReport>.self)
            keeper.put(KeeperThread.Job(request: request) { reply(ControlReply($0)) })
        case "change":
            guard let request: ChangeRequest = read(bytes, context: context) else { return }
            let reply = later(context, ControlReply<ChangeReport>.self)
            changes.put(ChangeThread.Job(request: request) { reply(ControlReply($0)) })
        case "services", "set-aside", "release", "discard":
            guard let request: QueueRequest = read(bytes, context: context) else { return }
            let reply = later(context, ControlReply<QueueReply>.self)
            QueueService.answer(request, switchboard: switchboard) { reply(ControlReply($0)) }
        case "held", "decide":
            guard let request: DeskRequest = read(bytes, context: context) else { return }
            let reply = later(context, ControlReply<DeskReply>.self)
            DeskService.answer(request, switchboard: switchboard) { reply(ControlReply($0)) }
        default:
            Self.send(["error": "say {\"do\":\"status\"} or {\"do\":\"stop\"}"], context: context)
        }
    }

    /// The whole of a request; `nil` if it is none, which the other side is told.
    private func read<Whole: Decodable>(_ bytes: [UInt8], context: ChannelHandlerContext) -> Whole? {
        let whole = try? JSONDecoder().decode(Whole.self, from: Data(bytes))
        if whole == nil { Self.send(["error": "the request cannot be read"], context: context) }
        return whole
    }

    /// Answers from whatever thread has the answer.
    private func later<Answer: Encodable & Sendable>(
        _ context: ChannelHandlerContext, _: Answer.Type
    ) -> @Sendable (Answer) -> Void {
        let loop = context.eventLoop
        let bound = NIOLoopBound(context, eventLoop: loop)
        return { answer in loop.execute { Self.send(answer, context: bound.value) } }
    }

    private static func send(_ value: some Encodable, context: ChannelHandlerContext) {
        guard context.channel.isActive, let json = try? JSONEncoder().encode(value) else { return }
        var buffer = context.channel.allocator.buffer(capacity: json.count + 1)
        buffer.writeBytes(json)
        buffer.writeInteger(UInt8(ascii: "\n"))
        context.writeAndFlush(NIOAny(buffer), promise: nil)
    }
}

extension SwitchStatus {
    init(_ counters: NodeCounters, _ exchange: Exchange) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let user = Int(usage.ru_utime.tv_sec) * 1_000_000 + Int(usage.ru_utime.tv_usec)
        let system = Int(usage.ru_stime.tv_sec) * 1_000_000 + Int(usage.ru_stime.tv_usec)
        self.init(
            process: Int(getpid()), commits: counters.commits.load(ordering: .relaxed),
            rows: counters.rows.load(ordering: .relaxed), entries: counters.entries.load(ordering: .relaxed),
            seals: counters.seals.load(ordering: .relaxed),
            openLookups: exchange.openLookups, heldLookups: exchange.heldLookups,
            lookupsOutOfService: exchange.lookupsOutOfService, queued: exchange.queuedMessages,
            setAside: exchange.setAsideMessages,
            sessions: exchange.sessionCounts.all, connectedSessions: exchange.sessionCounts.connected,
            alarms: exchange.rulebook.lost.map { "\($0.owner): \($0.why)" }, cpuMicroseconds: user + system)
    }
}
