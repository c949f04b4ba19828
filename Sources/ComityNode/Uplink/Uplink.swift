import ComityExchange
import ComityLedger
import ComityMessages
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Keeps this switch signed on to another one, as a link of that one: connects, and connects again with growing pauses.
///
/// The session is that which the store knows of this uplink, so nothing is lost or taken twice when either side ends in
/// whatever way. A new one is begun only where there is none, or where the other side has lost it.
final class Uplink: Sendable {
    /// Whom to sign on to, and as whom.
    struct Target: Sendable {
        /// The uplink as this switch calls it.
        let name: String
        /// The link as the other switch calls it.
        let link: String
        let address: SocketAddress
        let secret: [UInt8]
    }

    private let target: Target
    private let loop: LinkLoop
    private let service: LinkService
    private let log: Logger
    private let isStopped = Atomic<Bool>(false)
    private let state: NIOLoopBoundBox<State>

    /// Touched on the loop only.
    private final class State {
        var channel: (any Channel)?
        var pause = Uplink.shortestPause
        /// Whether the next session must be another one.
        var mustBegin = false
        /// What was logged last, so that a switch that is down is said once.
        var said: String?
        var isUp = false
    }

    private static let shortestPause = TimeAmount.milliseconds(100)
    private static let longestPause = TimeAmount.seconds(5)

    init(_ target: Target, loop: LinkLoop, service: LinkService, log: Logger) {
        self.target = target
        self.loop = loop
        self.service = service
        self.log = log
        state = .makeBoxSendingValue(State(), eventLoop: loop.eventLoop)
    }

    /// Begins; returns at once.
    func start() { loop.eventLoop.execute { self.prepare() } }

    /// Does not connect again. The connection ends with its loop; the session and its mail stay.
    func stop() { isStopped.store(true, ordering: .relaxed) }

    /// Asks the machine where the session stands, and connects.
    private func prepare() {
        guard !isStopped.load(ordering: .relaxed) else { return }
        let (name, loop) = (target.name, loop)
        service.inbox.put(
            .visit { exchange in
                let place = exchange.place(ofLink: name)
                loop.eventLoop.execute { self.connect(place) }
            })
    }

    private func connect(_ known: Exchange.SessionPlace?) {
        guard !isStopped.load(ordering: .relaxed) else { return }
        guard let connection = service.admit() else {
            return again(after: .ended(why: "too many connections"))
        }
        let isNew = known == nil || state.value.mustBegin
        let place = isNew ? Exchange.SessionPlace(session: Self.newName(), received: 0, delivered: 0) : known!
        let (target, loop, service, state) = (target, loop, service, state)
        ClientBootstrap(group: loop.eventLoop)
            .connectTimeout(.seconds(5))
            .channelOption(ChannelOptions.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        UplinkHandler(
                            connection: connection, target: target, place: place, session: place.session,
                            loop: loop, service: service
                        ) { fate in self.became(fate) })
                }
            }
            .connect(to: target.address)
            .whenComplete { result in
                switch result {
                case .success(let channel): state.value.channel = channel
                // A channel whose handler was in place has said so itself.
                case .failure(let error): self.failed(error, connection)
                }
            }
    }

    /// Nobody listens there: the handler never became active, so it does not say so itself.
    private func failed(_ error: any Error, _ connection: ConnectionID) {
        loop.remove(connection)
        service.connectionEnded()
        again(after: .ended(why: "nobody listens there"))
    }

    private func became(_ fate: UplinkHandler.Fate) {
        switch fate {
        case .up:
            state.value.pause = Self.shortestPause
            state.value.mustBegin = false
            state.value.isUp = true
            state.value.said = nil
            log.notice("uplink up", metadata: ["uplink": "\(target.name)"])
        case .ended, .sessionLost: again(after: fate)
        }
    }

    private func again(after fate: UplinkHandler.Fate) {
        state.value.channel = nil
        state.value.isUp = false
        switch fate {
        case .up: break
        case .ended(let why): say("uplink down", why)
        case .sessionLost(let why):
            state.value.mustBegin = true
            log.error(
                "the uplink's session is lost; another is begun, and what was on the way may come twice",
                metadata: ["uplink": "\(target.name)", "why": "\(why)"])
        }
        guard !isStopped.load(ordering: .relaxed) else { return }
        let pause = state.value.pause
        state.value.pause = .nanoseconds(min(pause.nanoseconds * 2, Self.longestPause.nanoseconds))
        loop.eventLoop.scheduleTask(in: pause) { self.prepare() }
    }

    private func say(_ what: String, _ why: String) {
        guard state.value.said != why, !isStopped.load(ordering: .relaxed) else { return }
        state.value.said = why
        log.warning("\(what)", metadata: ["uplink": "\(target.name)", "why": "\(why)"])
    }

    private static func newName() -> String { "uplink-" + Hex.text(Array(SecureBytes.key().prefix(12))) }
}
