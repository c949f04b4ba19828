import ComityExchange
import ComityLedger
import ComityMessages
import Foundation
import NIOCore

/// One connection of this switch to another one, on which this one is the link. Its state belongs to the event loop.
///
/// To the machine it is a connection like any other: what it reads is acknowledged once it is durable here, and what the machine
/// sends is kept until the other side has it. Only the sign-on goes the other way.
final class UplinkHandler: ChannelInboundHandler, LinkEnd {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What became of a connection.
    enum Fate: Sendable {
        /// Signed on.
        case up
        case ended(why: String)
        /// The other side and this one do not mean the same session any more; begin another.
        case sessionLost(why: String)
    }

    private enum State { case challenged, offered, welcomed, open, closing }

    private let connection: ConnectionID
    private let target: Uplink.Target
    private let place: Exchange.SessionPlace
    private let session: String
    private let loop: LinkLoop
    private let service: LinkService
    private let tell: (Fate) -> Void
    private var state = State.challenged
    private var context: ChannelHandlerContext?
    private var frames = FrameBuffer()
    /// The highest number of the other side that is durable here.
    private var durable: UInt64 = 0
    private var owesAcknowledgement = false
    private var acknowledgedByOther: UInt64 = 0
    private var lastHeard = NIODeadline.now()
    private var silence = TimeAmount.seconds(60)
    private var heartbeat: RepeatedTask?
    private var fate: Fate?

    init(
        connection: ConnectionID, target: Uplink.Target, place: Exchange.SessionPlace, session: String,
        loop: LinkLoop, service: LinkService, tell: @escaping (Fate) -> Void
    ) {
        self.connection = connection
        self.target = target
        self.place = place
        self.session = session
        self.loop = loop
        self.service = service
        self.tell = tell
    }

    // MARK: What happens to the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.add(self, as: connection)
    }

    func channelActive(context: ChannelHandlerContext) {
        silence = .seconds(Int64(service.limits.signOnSeconds))
        watch(context.eventLoop)
    }

    func channelInactive(context: ChannelHandlerContext) {
        heartbeat?.cancel()
        loop.remove(connection)
        if state != .challenged { service.inbox.put(.link(.closed(connection))) }
        service.connectionEnded()
        self.context = nil
        state = .closing
        tell(fate ?? .ended(why: "the connection was closed"))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        lastHeard = .now()
        frames.append(&buffer)
        while state != .closing {
            do {
                guard let frame = try frames.next() else { break }
                received(frame)
            } catch {
                close(.ended(why: "\(error)"))
            }
        }
    }

    // MARK: Frames

    private func received(_ frame: Frame) {
        switch (state, frame) {
        case (.challenged, .challenge(let challenge)): signOn(challenge)
        case (.offered, .welcome(let json)): welcomed(json)
        case (.open, .message(let sequence, let through, let bytes)),
            (.welcomed, .message(let sequence, let through, let bytes)):
            acknowledge(through)
            let (written, content) = service.decodeFromSwitch(bytes)
            service.inbox.put(
                .link(.message(connection, sequence: sequence, bytes: written, content: content)))
        case (.open, .acknowledge(let through)), (.open, .heartbeat(let through)),
            (.welcomed, .acknowledge(let through)), (.welcomed, .heartbeat(let through)):
            acknowledge(through)
        case (.offered, .heartbeat): break
        case (_, .notice(let json)): noticed(json)
        default: close(.ended(why: "a frame came that cannot come now"))
        }
    }

    private func signOn(_ challenge: [UInt8]) {
        let signed = SignOn.signed(challenge: challenge, link: target.link, session: session)
        let proof = Hex.text(KeyedHash(key: target.secret).hash(signed))
        state = .offered
        write(
            .signOn(
                json(SignOn(link: target.link, session: session, received: place.received, proof: proof))))
        context?.flush()
    }

    private func welcomed(_ json: [UInt8]) {
        guard let welcome = try? JSONDecoder().decode(Welcome.self, from: Data(json)) else {
            return close(.ended(why: "the welcome is not the JSON object of the profile"))
        }
        // It once said that it has more: its home was put back, or is another.
        guard welcome.received >= place.delivered else {
            return close(
                .sessionLost(
                    why: "it has \(welcome.received) of this session's messages, and once said that it has "
                        + "\(place.delivered)"))
        }
        state = .welcomed
        silence = .seconds(Int64(max(3, welcome.silenceSeconds)))
        if let loop = context?.eventLoop { watch(loop) }
        acknowledgedByOther = welcome.received
        service.inbox.put(
            .link(
                .opened(
                    connection, loop, link: target.name, session: session, received: welcome.received)))
        tell(.up)
    }

    private func noticed(_ json: [UInt8]) {
        guard let notice = try? JSONDecoder().decode(Notice.self, from: Data(json)) else { return }
        let why = "it says \(notice.code): \(notice.why)"
        if notice.code == "session-ahead" { return close(.sessionLost(why: why)) }
        if notice.closes { close(.ended(why: why)) }
    }

    private func acknowledge(_ through: UInt64) {
        guard through > acknowledgedByOther else { return }
        acknowledgedByOther = through
        service.inbox.put(.link(.acknowledged(connection, through: through)))
    }

    // MARK: What the switchboard wants

    func perform(_ effect: LinkEffect) -> Bool {
        guard context != nil, state != .closing else { return false }
        switch effect {
        case .welcome(_, _, let received):
            state = .open
            durable = received
        case .send(_, let sequence, let bytes):
            owesAcknowledgement = false
            write(.message(sequence: sequence, acknowledged: durable, bytes: bytes))
            return true
        case .acknowledge(_, let through):
            durable = max(durable, through)
            guard !owesAcknowledgement else { return false }
            owesAcknowledgement = true
            loop.owe(self, within: .milliseconds(Int64(service.limits.acknowledgeDelayMilliseconds)))
        // A link sends no notices: it signs on again, and goes on from the welcome.
        case .notice(_, let notice) where notice.code == "session-ahead":
            close(.sessionLost(why: "it has more of this session's messages than were sent"))
        case .notice(_, let notice): if notice.closes { close(.ended(why: notice.why)) }
        case .close: close(.ended(why: "another connection took its place"))
        }
        return false
    }

    func flush() { context?.flush() }

    func acknowledgeIfOwed() {
        guard owesAcknowledgement, state == .open else { return }
        owesAcknowledgement = false
        write(.acknowledge(durable))
        context?.flush()
    }

    /// The other side sends no more than its own window; there is nothing to stop.
    func resumeIfRoom() -> Bool { true }

    /// Says that this end is alive, and ends a connection on which nothing is heard.
    private func beat() {
        if NIODeadline.now() - lastHeard > silence { return close(.ended(why: "nothing was heard of it")) }
        guard state == .open else { return }
        owesAcknowledgement = false
        write(.heartbeat(durable))
        context?.flush()
    }

    private func watch(_ eventLoop: any EventLoop) {
        heartbeat?.cancel()
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        let pace = TimeAmount.nanoseconds(silence.nanoseconds / 3)
        heartbeat = eventLoop.scheduleRepeatedTask(initialDelay: pace, delay: pace) { _ in bound.value.beat()
        }
    }

    private func close(_ fate: Fate) {
        if self.fate == nil { self.fate = fate }
        state = .closing
        context?.close(promise: nil)
    }

    private func write(_ frame: Frame) {
        guard let context else { return }
        context.write(wrapOutboundOut(frame.buffer(context.channel.allocator)), promise: nil)
    }

    private func json(_ value: some Encodable) -> [UInt8] {
        (try? JSONEncoder().encode(value)).map(Array.init) ?? Array("{}".utf8)
    }
}
