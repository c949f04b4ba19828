import NIOCore
import NIOHTTP1
import NIOPosix

/// Answers `GET /metrics`, `/healthz` and `/readyz` on a local address.
struct MetricsServer {
    private let channel: any Channel

    /// The port that it listens on.
    var port: Int { channel.localAddress?.port ?? 0 }

    /// - Throws: `ConfigurationError.notLoopback`: what a switch does is nobody else's business.
    static func start(
        host: String, port: Int, group: any EventLoopGroup, source: MetricsSource
    ) throws -> MetricsServer {
        let address = try SocketAddress(ipAddress: host, port: port)
        guard address.isLoopback else { throw ConfigurationError.metricsNotLoopback(host) }
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(MetricsHandler(source: source))
                }
            }
        return MetricsServer(channel: try bootstrap.bind(to: address).wait())
    }

    func stop() { try? channel.close().wait() }
}

/// One connection of whoever watches the switch.
private final class MetricsHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let source: MetricsSource
    private var request: HTTPRequestHead?

    init(source: MetricsSource) { self.source = source }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): request = head
        case .body: break
        case .end:
            guard let head = request else { return }
            request = nil
            answer(head, context: context)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        let loop = context.eventLoop
        let bound = NIOLoopBound(context, eventLoop: loop)
        let keepsAlive = head.isKeepAlive
        let reply: @Sendable (HTTPResponseStatus, String, String) -> Void = { status, type, body in
            loop.execute {
                Self.send(status, type, body, keepsAlive: keepsAlive, context: bound.value)
            }
        }
        guard head.method == .GET || head.method == .HEAD else {
            return reply(.methodNotAllowed, Self.plain, "only GET is answered here\n")
        }
        switch head.uri.split(separator: "?").first {
        case "/metrics":
            source.gather { reply(.ok, "text/plain; version=0.0.4; charset=utf-8", $0) }
        case "/healthz":
            // Whoever reads this has been through the machine's own queue.
            source.troubles { _ in reply(.ok, Self.plain, "alive\n") }
        case "/readyz":
            source.troubles { troubles in
                if troubles.isEmpty {
                    reply(.ok, Self.plain, "ready\n")
                } else {
                    reply(.serviceUnavailable, Self.plain, troubles.joined(separator: "\n") + "\n")
                }
            }
        default: reply(.notFound, Self.plain, "there are /metrics, /healthz and /readyz\n")
        }
    }

    private static let plain = "text/plain; charset=utf-8"

    private static func send(
        _ status: HTTPResponseStatus, _ type: String, _ body: String, keepsAlive: Bool,
        context: ChannelHandlerContext
    ) {
        guard context.channel.isActive else { return }
        var head = HTTPResponseHead(version: .http1_1, status: status)
        head.headers.add(name: "Content-Type", value: type)
        head.headers.add(name: "Content-Length", value: "\(body.utf8.count)")
        if !keepsAlive { head.headers.add(name: "Connection", value: "close") }
        context.write(NIOAny(OutboundOut.head(head)), promise: nil)
        context.write(NIOAny(OutboundOut.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
        let done = context.writeAndFlush(NIOAny(OutboundOut.end(nil)))
        if !keepsAlive {
            let channel = context.channel
            done.whenComplete { _ in channel.close(promise: nil) }
        }
    }
}
