import ComityMessages
import ComityNode
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Sends many messages over one real link, each with a control value of its own, and gives the answers in their
/// order.
final class LinkRun: Sendable {
    private struct State {
        var next = 0
        var answers: [Int: Message] = [:]
    }

    private let messages: [Message]
    private let state = Mutex(State())
    private let done = DispatchSemaphore(value: 0)

    private init(_ messages: [Message]) { self.messages = messages }

    /// On the way at once at most.
    private static let depth = 16

    static func put(_ messages: [Message], to world: TestSwitch) throws -> [Message] {
        let numbered = messages.enumerated().map { index, message in
            var message = message
            message.control = ControlField("T\(index)")
            return message
        }
        let run = LinkRun(numbered)
        let secret = try KeyFile.load(world.node.home.secret(of: "terminal"))
        let identity = LinkClient.Identity(link: "terminal", session: "run", secret: secret)
        _ = try LinkClient.connect(
            host: "127.0.0.1", port: world.node.port, group: NIOSingletons.posixEventLoopGroup
        ) {
            LinkClient(identity) { client, happening in run.happened(client, happening) }
        }.wait()
        guard run.done.wait(timeout: .now() + .seconds(120)) == .success else { throw TimedOut() }
        return try run.state.withLock { state in
            try messages.indices.map { index in
                guard let answer = state.answers[index] else { throw TimedOut() }
                return answer
            }
        }
    }

    struct TimedOut: Error {}

    private func happened(_ client: LinkClient, _ happening: LinkClient.Happening) {
        switch happening {
        case .welcome: for _ in 0..<Self.depth { sendNext(client) }
        case .message(_, let bytes):
            guard let answer = try? LegacyCodec.decode(bytes, direction: .output, tables: Repository.tables),
                let index = answer.control.flatMap({ Int($0.description.dropFirst()) })
            else { return }
            let isLast = state.withLock { state in
                state.answers[index] = answer
                return state.answers.count == messages.count
            }
            if isLast {
                client.end()
                done.signal()
            } else {
                sendNext(client)
            }
        case .closed, .notice: done.signal()
        case .acknowledged: break
        }
    }

    private func sendNext(_ client: LinkClient) {
        let index = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        guard index < messages.count, let bytes = try? LegacyCodec.encode(messages[index], direction: .input)
        else { return }
        client.send(bytes, sequence: UInt64(index + 1))
    }
}
