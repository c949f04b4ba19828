import Dispatch
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// What this machine does without Comity, measured in the same run: the figures to set others against.
package struct MachineRates: Sendable {
    /// Messages echoed a second over TCP, one in flight for each connection.
    package var echoesPerSecond = 0.0
    /// Appends of 4 KiB a second, each flushed by `fdatasync`.
    package var fdatasyncsPerSecond = 0.0

    /// Measures for about a second each.
    ///
    /// - Parameter folder: where the home is, so that the same disk is measured.
    package static func measure(connections: Int, folder: String) throws -> MachineRates {
        MachineRates(
            echoesPerSecond: try echo(connections: connections), fdatasyncsPerSecond: fdatasyncs(in: folder))
    }

    static func fdatasyncs(in folder: String) -> Double {
        let path = folder + "/fdatasync-measure"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return 0 }
        defer {
            close(descriptor)
            unlink(path)
        }
        let page = [UInt8](repeating: 0x2E, count: 4096)
        let begin = DispatchTime.now().uptimeNanoseconds
        var count = 0
        while DispatchTime.now().uptimeNanoseconds - begin < 1_000_000_000 {
            guard write(descriptor, page, page.count) == page.count, fdatasync(descriptor) == 0 else {
                return 0
            }
            count += 1
        }
        return Double(count) / (Double(DispatchTime.now().uptimeNanoseconds - begin) / 1e9)
    }

    private static func echo(connections: Int) throws -> Double {
        let servers = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let clients = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer {
            try? clients.syncShutdownGracefully()
            try? servers.syncShutdownGracefully()
        }
        let server = try ServerBootstrap(group: servers)
            .childChannelOption(ChannelOptions.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(EchoHandler())
                }
            }
            .bind(host: "127.0.0.1", port: 0).wait()
        let count = Counter()
        var channels: [any Channel] = []
        for _ in 0..<connections {
            channels.append(
                try ClientBootstrap(group: clients)
                    .channelOption(ChannelOptions.socketOption(.tcp_nodelay), value: 1)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(BallHandler(count: count))
                        }
                    }
                    .connect(to: server.localAddress!).wait())
        }
        let begin = DispatchTime.now()
        let before = count.value.load(ordering: .relaxed)
        Thread.sleep(until: begin + 1)
        let echoes = count.value.load(ordering: .relaxed) - before
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - begin.uptimeNanoseconds) / 1e9
        for channel in channels { try? channel.close().wait() }
        try? server.close().wait()
        return Double(echoes) / seconds
    }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }

    private final class EchoHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            context.writeAndFlush(data, promise: nil)
        }
    }

    /// Sends 300 bytes, and sends them again when they come back.
    private final class BallHandler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let count: Counter
        private var missing = 0

        init(count: Counter) { self.count = count }

        func channelActive(context: ChannelHandlerContext) { throwBall(context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            missing -= unwrapInboundIn(data).readableBytes
            guard missing <= 0 else { return }
            count.value.add(1, ordering: .relaxed)
            throwBall(context)
        }

        private func throwBall(_ context: ChannelHandlerContext) {
            missing = 300
            let ball = context.channel.allocator.buffer(repeating: 0x2E, count: missing)
            context.writeAndFlush(NIOAny(ball), promise: nil)
        }
    }
}
