import ComityExchange
import ComityMessages
import Foundation
import NIOCore

/// One connection of a link: frames in and out, sign-on, acknowledgements, limits. The hot path; its state belongs
/// to the event loop.
///
/// States: `challenged` (the sign-on is awaited) → `offered` (sign-on good, the switchboard's welcome is awaited)
/// → `open` → `closing`. A frame that a state does not expect closes the connection with a notice.
final class LinkHandler: ChannelInboundHandler, LinkEnd {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum State { case challenged, offered, open, closing }

    private let connection: ConnectionID
    private let loop: LinkLoop
    private let service: LinkService
    private var state = State.challenged
    private var context: ChannelHandlerContext?
    private var frames = FrameBuffer()
    private var challenge: [UInt8] = []

    /// The highest number durably received from the link.
    private var durable: UInt64 = 0
    private var owesAcknowledgement = false
    /// The highest number read: what is above `durable` is on the way to the disk.
    private var read: UInt64 = 0
    /// The highest number of ours that the link has acknowledged.
    private var acknowledgedByLink: UInt64 = 0
    private var isPaused = false
    private var badMessages = 0
    private var watch: LinkWatch

    init(connection: ConnectionID, loop: LinkLoop, service: LinkService) {
        self.connection = connection
        self.loop = loop
        self.service = service
        watch = LinkWatch(limits: service.limits)
    }

    // MARK: What happens to the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        loop.add(self, as: connection)
    }

    func channelActive(context: ChannelHandlerContext) {
        challenge = service.challenge()
        write(.challenge(challenge))
        context.flush()
        watch.start(self, on: context.eventLoop)
    }

    func channelInactive(context: ChannelHandlerContext) {
        watch.stop()
        loop.remove(connection)
        if state != .challenged { service.inbox.put(.link(.closed(connection))) }
        service.connectionEnded()
        self.context = nil
        state = .closing
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        watch.heard()
        frames.append(&buffer)
        while state != .closing {
            do {
                guard let frame = try frames.next() else { break }
                received(frame)
            } catch {
                unreadable(error)
            }
        }
        watch.frame(isPartial: frames.holdsPart)
    }

    // MARK: Frames

    private func received(_ frame: Frame) {
        switch (state, frame) {
        case (.challenged, .signOn(let json)): signOn(json)
        case (.open, .message(let sequence, let through, let bytes)):
            acknowledge(through)
            message(sequence, bytes)
        case (.open, .acknowledge(let through)), (.open, .heartbeat(let through)): acknowledge(through)
        case (.offered, .heartbeat): break
        case (_, .bye):
            if state == .open { service.inbox.put(.link(.ended(connection))) }
            state = .closing
            context?.close(promise: nil)
        default:
            refuse(
                code: "unexpected-frame", why: "this frame cannot come now",
                next: state == .challenged ? "sign on first" : "see the wire profile for the order of frames")
        }
    }

    /// A frame whose length could be believed was taken out whole, so the link can go on after it.
    private func unreadable(_ error: FrameError) {
        badMessages += 1
        let isLengthWrong =
            switch error {
            case .tooLong, .empty: true
            case .unknownType, .malformed: false
            }
        let notice = Notice(
            code: "bad-frame", why: "\(error)", next: "check the framing: see the wire profile",
            closes: isLengthWrong || state != .open || badMessages > service.limits.badMessages)
        refuse(notice)
    }

    private func signOn(_ json: [UInt8]) {
        switch service.check(json, challenge: challenge) {
        case .success(let signOn):
            state = .offered
            service.inbox.put(
                .link(
                    .opened(
                        connection, self.loop, link: signOn.link, session: signOn.session,
                        received: signOn.received)))
        case .failure(let error): refuse(error.notice)
        }
    }

    private func message(_ sequence: UInt64, _ bytes: [UInt8]) {
        read = max(read, sequence)
        let content = service.decode(bytes)
        if case .failure = content {
            badMessages += 1
            if badMessages > service.limits.badMessages {
                refuse(
                    code: "too-many-bad-messages",
                    why: "\(badMessages) messages of this connection were malformed",
                    next: "check the sender with `comity message check`, then sign on again")
                return
            }
        }
        service.inbox.put(.link(.message(connection, sequence: sequence, bytes: bytes, content: content)))
        pauseIfFull()
    }

    private func acknowledge(_ through: UInt64) {
        guard through > acknowledgedByLink else { return }
        acknowledgedByLink = through
        service.inbox.put(.link(.acknowledged(connection, through: through)))
    }

    // MARK: What the switchboard wants

    /// Performs one effect; `true` if something was written that must be flushed.
    func perform(_ effect: LinkEffect) -> Bool {
        guard context != nil, state != .closing else { return false }
        switch effect {
        case .welcome(_, _, let received):
            state = .open
            durable = received
            read = received
            let welcome = Welcome(
                received: received, silenceSeconds: service.limits.silenceSeconds,
                window: service.limits.window)
            write(.welcome(json(welcome)))
        case .send(_, let sequence, let bytes):
            owesAcknowledgement = false
            write(.message(sequence: sequence, acknowledged: durable, bytes: bytes))
        case .acknowledge(_, let through):
            durable = max(durable, through)
            // After a reconnect the switch may make more durable than this connection has read.
            read = max(read, durable)
            resumeIfRoom()
            guard !owesAcknowledgement else { return false }
            owesAcknowledgement = true
            if service.limits.acknowledgeDelayMilliseconds == 0 {
                acknowledgeIfOwed()
            } else {
                let delay = TimeAmount.milliseconds(Int64(service.limits.acknowledgeDelayMilliseconds))
                loop.owe(self, within: delay)
            }
            return false
        case .notice(_, let notice): refuse(notice)
        case .close:
            state = .closing
            context?.close(promise: nil)
            return false
        }
        return true
    }

    func flush() { context?.flush() }

    func acknowledgeIfOwed() {
        guard owesAcknowledgement, state == .open else { return }
        owesAcknowledgement = false
        write(.acknowledge(durable))
        context?.flush()
    }

    /// Says that this end is alive.
    func beat() {
        guard state == .open else { return }
        owesAcknowledgement = false
        write(.heartbeat(durable))
        context?.flush()
    }

    /// Says what was wrong and closes if it must.
    func refuse(_ notice: Notice) {
        write(.notice(json(notice)))
        context?.flush()
        guard notice.closes else { return }
        state = .closing
        context?.close(promise: nil)
    }

    func refuse(code: String, why: String, next: String) {
        refuse(Notice(code: code, why: why, next: next, closes: true))
    }

    var overdue: LinkWatch.Overdue? {
        // Nobody can hear a link that is not read from: that silence is our own.
        if isPaused { watch.heard() }
        return watch.overdue(isSignedOn: state != .challenged)
    }

    var watchLimits: LinkLimits { service.limits }

    // MARK: Back-pressure

    private func pauseIfFull() {
        guard !isPaused, read - durable >= UInt64(service.limits.window) || service.isFull else { return }
        isPaused = true
        loop.paused(self)
        _ = context?.channel.setOption(ChannelOptions.autoRead, value: false)
    }

    /// Reads on, if there is room again; `true` unless it must stay paused.
    @discardableResult
    func resumeIfRoom() -> Bool {
        guard isPaused, context != nil, state != .closing else { return true }
        guard read - durable <= UInt64(service.limits.window / 2), !service.isFull else { return false }
        isPaused = false
        _ = context?.channel.setOption(ChannelOptions.autoRead, value: true)
        context?.read()
        return true
    }

    // MARK: Writing

    private func write(_ frame: Frame) {
        guard let context else { return }
        let buffer = frame.buffer(context.channel.allocator)
        context.write(wrapOutboundOut(buffer), promise: nil)
    }

    private func json(_ value: some Encodable) -> [UInt8] {
        (try? JSONEncoder().encode(value)).map(Array.init) ?? Array("{}".utf8)
    }
}
