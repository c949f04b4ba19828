import ComityMessages
package import ComityNode
import Dispatch
import NIOCore
import NIOPosix
import Synchronization

/// The members' ends of real links: they sign on at a running switch, send messages and take the answers.
package final class LiveLinks: Sendable {
    private let group: MultiThreadedEventLoopGroup
    private let loop: any EventLoop
    /// Touched on the loop only.
    private let lines: NIOLoopBoundBox<[String: Line]>
    private let counts = Mutex(Counts())
    private let heard = DispatchSemaphore(value: 0)

    private struct Line {
        let client: LinkClient
        var sent: UInt64
    }

    private struct Counts {
        var welcomes = 0
        var expected = 0
        var answers = 0
        var lost = 0
        var notice: String?
    }

    /// Connects links and waits until all have signed on.
    package init(_ names: [String], home: Home, host: String, port: Int) throws {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        loop = group.next()
        lines = NIOLoopBoundBox.makeBoxSendingValue([String: Line](), eventLoop: loop)
        for name in names {
            let identity = LinkClient.Identity(
                link: name, session: "live", secret: try KeyFile.load(home.secret(of: name)))
            _ = try LinkClient.connect(host: host, port: port, group: group) {
                LinkClient(identity) { client, happening in self.take(happening, of: name, client) }
            }.wait()
        }
        wait(seconds: 10) { $0.welcomes >= names.count }
        let (welcomes, notice) = counts.withLock { ($0.welcomes, $0.notice) }
        guard welcomes >= names.count else {
            throw LiveError(connected: welcomes, of: names.count, notice: notice)
        }
    }

    private func take(_ happening: LinkClient.Happening, of name: String, _ client: LinkClient) {
        switch happening {
        case .welcome(let welcome):
            lines.value[name] = Line(client: client, sent: welcome.received)
            counts.withLock { $0.welcomes += 1 }
        case .message: counts.withLock { $0.answers += 1 }
        case .notice(let notice): counts.withLock { $0.notice = notice.why }
        case .closed:
            if lines.value.removeValue(forKey: name) != nil { counts.withLock { $0.lost += 1 } }
        case .acknowledged: return
        }
        heard.signal()
    }

    /// Sends a message on its link. Returns at once.
    package func send(_ sending: Sending) {
        counts.withLock { $0.expected += sending.answers }
        loop.execute {
            guard var line = self.lines.value[sending.link] else {
                self.counts.withLock { $0.expected -= sending.answers }
                return
            }
            line.sent += 1
            self.lines.value[sending.link] = line
            line.client.send(sending.bytes, sequence: line.sent)
        }
    }

    /// Waits until every message was answered; `false` if that takes too long.
    @discardableResult
    package func waitForAnswers(seconds: Int) -> Bool { wait(seconds: seconds) { $0.answers >= $0.expected } }

    @discardableResult
    private func wait(seconds: Int, until isDone: (Counts) -> Bool) -> Bool {
        let deadline = DispatchTime.now() + .seconds(seconds)
        while !counts.withLock({ isDone($0) }) {
            if heard.wait(timeout: deadline) == .timedOut { return false }
        }
        return true
    }

    /// Says goodbye on all links.
    package func end() {
        try? loop.submit {
            let lines = self.lines.value
            self.lines.value = [:]
            for line in lines.values { line.client.end() }
        }.wait()
        try? group.syncShutdownGracefully()
    }
}

/// Links that could not sign on.
package struct LiveError: Error, Hashable, Sendable, CustomStringConvertible {
    let connected: Int
    let of: Int
    let notice: String?

    package var description: String {
        "only \(connected) of \(of) links could sign on\(notice.map { ": \($0)" } ?? "")"
    }
}
