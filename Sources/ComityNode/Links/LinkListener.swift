import ComityExchange
import NIOCore
import NIOPosix

/// Accepts connections of links on a loopback address. Other addresses are refused until links are encrypted.
struct LinkListener {
    private let channel: any Channel

    /// The port that it listens on.
    var port: Int { channel.localAddress?.port ?? 0 }

    /// Begins to listen; port 0 takes any free one.
    static func start(
        host: String, port: Int, loops: [LinkLoop], group: any EventLoopGroup, service: LinkService
    ) throws -> LinkListener {
        let address = try SocketAddress(ipAddress: host, port: port)
        guard address.isLoopback else { throw ConfigurationError.notLoopback(host) }
        let byLoop = Dictionary(uniqueKeysWithValues: loops.map { (ObjectIdentifier($0.eventLoop), $0) })
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(ChannelOptions.backlog, value: 1024)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(ChannelOptions.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                guard let connection = service.admit(), let loop = byLoop[ObjectIdentifier(channel.eventLoop)]
                else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        LinkHandler(connection: connection, loop: loop, service: service))
                }
            }
        return LinkListener(channel: try bootstrap.bind(to: address).wait())
    }

    /// Takes no new connections.
    func stop() { try? channel.close().wait() }
}

extension SocketAddress {
    /// Whether packets to it never leave this machine.
    var isLoopback: Bool {
        switch self {
        case .v4: ipAddress?.hasPrefix("127.") == true
        case .v6: ipAddress == "::1"
        case .unixDomainSocket: true
        }
    }
}
