import ComityMessages
import ComityNode
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// One end of a link that keeps what a careful member keeps: what it sent and was not acknowledged, and the number
/// of the last message it has. It may be connected again and again.
final class TestLink: Sendable {
    struct State {
        /// Messages sent, by number; removed once the switch says that it has them.
        var unacknowledged: [UInt64: [UInt8]] = [:]
        /// The control fields of messages that the switch says it has.
        var accepted: Set<String> = []
        var controls: [UInt64: String] = [:]
        var lastSent: UInt64 = 0
        var received: UInt64 = 0
        var messages: [[UInt8]] = []
        var notices: [Notice] = []
        var isOpen = false
        var isClosed = false
        /// Runs on the loop of the connection.
        var client: NIOLoopBound<LinkClient>?
    }

    let name: String
    let session: String
    let secret: [UInt8]
    private let state = Mutex(State())

    init(_ name: String, home: Home, session: String = "test") throws {
        self.name = name
        self.session = session
        secret = try KeyFile.load(home.secret(of: name))
    }

    func read<Value: Sendable>(_ body: (State) -> Value) -> Value { state.withLock { body($0) } }

    /// Connects and waits for the welcome; sends again what was not acknowledged.
    func connect(port: Int, acknowledges: Bool = true) throws {
        let received = state.withLock { state in
            state.isOpen = false
            state.isClosed = false
            return state.received
        }
        let identity = LinkClient.Identity(link: name, session: session, secret: secret, received: received)
        _ = try LinkClient.connect(host: "127.0.0.1", port: port, group: NIOSingletons.posixEventLoopGroup) {
            LinkClient(identity, acknowledgesAtOnce: acknowledges) { [self] client, happening in
                happened(happening, client)
            }
        }.wait()
        try wait(10) { $0.isOpen || $0.isClosed }
    }

    private func happened(_ happening: LinkClient.Happening, _ client: LinkClient) {
        switch happening {
        case .welcome(let welcome):
            let again = state.withLock { state in
                accept(through: welcome.received, &state)
                state.client = NIOLoopBound(client, eventLoop: client.eventLoop!)
                return state.unacknowledged.sorted { $0.key < $1.key }
            }
            for (sequence, bytes) in again { client.send(bytes, sequence: sequence) }
            // Only now may others send: their numbers are higher.
            state.withLock { $0.isOpen = true }
        case .message(let sequence, let bytes):
            state.withLock { state in
                state.received = sequence
                state.messages.append(bytes)
            }
        case .acknowledged(let sequence): state.withLock { accept(through: sequence, &$0) }
        case .notice(let notice): state.withLock { $0.notices.append(notice) }
        case .closed:
            state.withLock { state in
                state.isOpen = false
                state.isClosed = true
                state.client = nil
            }
        }
    }

    private func accept(through sequence: UInt64, _ state: inout State) {
        for number in state.unacknowledged.keys where number <= sequence {
            state.unacknowledged[number] = nil
            if let control = state.controls[number] { state.accepted.insert(control) }
        }
    }

    /// Sends a message under the next number; kept if the connection is gone.
    func send(_ text: String, control: String = "") {
        let sending = state.withLock { state -> (NIOLoopBound<LinkClient>, UInt64)? in
            state.lastSent += 1
            state.unacknowledged[state.lastSent] = Array(text.utf8)
            state.controls[state.lastSent] = control
            guard state.isOpen, let client = state.client else { return nil }
            return (client, state.lastSent)
        }
        guard let (client, sequence) = sending else { return }
        client.eventLoop.execute { client.value.send(Array(text.utf8), sequence: sequence) }
    }

    /// Waits until something holds.
    func wait(_ seconds: Double, until isTrue: (State) -> Bool) throws {
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if state.withLock({ isTrue($0) }) { return }
            usleep(2000)
        }
        let seen = state.withLock { "\($0.messages.count) messages, notices \($0.notices.map(\.code))" }
        throw RealSwitch.Failure(description: "link `\(name)` waited \(seconds) s in vain (\(seen))")
    }
}
