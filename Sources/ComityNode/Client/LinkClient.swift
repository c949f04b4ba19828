import ComityLedger
package import ComityMessages
import Foundation
package import NIOCore
import NIOPosix

/// The other end of a link: signs on, sends messages, takes answers. What `comity ask`, the demo and the load
/// generator speak with.
///
/// All calls and callbacks happen on the connection's event loop.
package final class LinkClient: ChannelInboundHandler {
    package typealias InboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    /// What happens on the link.
    package enum Happening: Sendable {
        /// Signed on; the switch has everything up to this number.
        case welcome(Welcome)
        /// A message, with its number.
        case message(sequence: UInt64, bytes: [UInt8])
        /// The switch has everything up to this number.
        case acknowledged(UInt64)
        case notice(Notice)
        /// The connection ended.
        case closed
    }

    /// Who signs on.
    package struct Identity: Hashable, Sendable {
        package var link: String
        package var session: String
        package var secret: [UInt8]
        /// The highest number of the switch that this end has in this session.
        package var received: UInt64

        package init(link: String, session: String, secret: [UInt8], received: UInt64 = 0) {
            self.link = link
            self.session = session
            self.secret = secret
            self.received = received
        }
    }

    private let identity: Identity
    private let happened: (LinkClient, Happening) -> Void
    /// Whether answers are acknowledged by themselves, or only by the next message that is sent.
    private let acknowledgesAtOnce: Bool
    private var context: ChannelHandlerContext?
    private var frames = FrameBuffer()
    package private(set) var received: UInt64

    /// The loop on which this connection lives; `nil` once it ended.
    package var eventLoop: (any EventLoop)? { context?.eventLoop }

    package init(
        _ identity: Identity, acknowledgesAtOnce: Bool = true,
        happened: @escaping (LinkClient, Happening) -> Void
    ) {
        self.identity = identity
        self.acknowledgesAtOnce = acknowledgesAtOnce
        self.happened = happened
        received = identity.received
    }

    /// Connects; the callback hears the rest.
    package static func connect(
        host: String, port: Int, group: any EventLoopGroup, make: @escaping @Sendable () -> LinkClient
    ) -> EventLoopFuture<any Channel> {
        ClientBootstrap(group: group)
            .channelOption(ChannelOptions.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(make())
                }
            }
            .connect(host: host, port: port)
    }

    package func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    package func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        happened(self, .closed)
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        frames.append(&buffer)
        do {
            while let frame = try frames.next() { take(frame) }
        } catch {
            happened(
                self,
                .notice(
                    Notice(code: "bad-frame", why: "\(error)", next: "the switch is not one", closes: true)))
            context.close(promise: nil)
        }
    }

    private func take(_ frame: Frame) {
        switch frame {
        case .challenge(let challenge): signOn(challenge)
        case .welcome(let json):
            if let welcome = try? JSONDecoder().decode(Welcome.self, from: Data(json)) {
                happened(self, .welcome(welcome))
            }
        case .message(let sequence, let acknowledged, let bytes):
            if acknowledged > 0 { happened(self, .acknowledged(acknowledged)) }
            // Sent again after a break: this end has it already.
            guard sequence > received else { break }
            received = sequence
            happened(self, .message(sequence: sequence, bytes: bytes))
            if acknowledgesAtOnce { write(.acknowledge(received)) }
        case .acknowledge(let number): happened(self, .acknowledged(number))
        case .heartbeat(let number):
            if number > 0 { happened(self, .acknowledged(number)) }
            write(.heartbeat(received))
        case .notice(let json):
            if let notice = try? JSONDecoder().decode(Notice.self, from: Data(json)) {
                happened(self, .notice(notice))
            }
        case .bye: context?.close(promise: nil)
        case .signOn: break
        }
    }

    private func signOn(_ challenge: [UInt8]) {
        let signed = SignOn.signed(challenge: challenge, link: identity.link, session: identity.session)
        let proof = Hex.text(KeyedHash(key: identity.secret).hash(signed))
        let signOn = SignOn(
            link: identity.link, session: identity.session, received: identity.received, proof: proof)
        guard let json = try? JSONEncoder().encode(signOn) else { return }
        write(.signOn(Array(json)))
    }

    /// Sends a message under a number of this end's own; also says what has been received.
    package func send(_ bytes: [UInt8], sequence: UInt64) {
        write(.message(sequence: sequence, acknowledged: received, bytes: bytes))
    }

    /// Ends the session in good order: nothing is expected any more.
    package func end() {
        write(.acknowledge(received))
        write(.bye)
        context?.close(promise: nil)
    }

    private func write(_ frame: Frame) {
        guard let context else { return }
        let buffer = frame.buffer(context.channel.allocator)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }
}
