import ComityMessages
import ComityNode
import ComityRecords
import NIOCore
import NIOPosix
import Synchronization

/// A member whose own system answers behind a link, and does it badly, while links of its own ask it all the time: nobody
/// else must feel it.
package final class MemberInTrouble: Sendable {
    package enum Trouble: String, Sendable, CaseIterable {
        case none
        /// Connected, and takes nothing and answers nothing.
        case dead
        /// Takes and answers one question after another, each after half a second.
        case slow
    }

    /// Whose records it has.
    static let owner = MemberCode("OR")!
    static let link = "troubled"
    private static let askers = (0..<8).map { "asks-troubled-\($0)" }
    static var links: [String] { [link] + askers }
    /// Questions that each asking link has on the way.
    private static let depth = 4
    private static let slowness = TimeAmount.milliseconds(500)

    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let trouble: Trouble
    private let count = Mutex(0)
    private let isOver = Mutex(false)

    /// How many answers the asking links got.
    var answers: Int { count.withLock { $0 } }

    init(_ trouble: Trouble, of child: ChildSwitch) throws {
        self.trouble = trouble
        let licence = child.population.keys(of: Self.owner, person: 1).licence
        let member = try child.identity(Self.link)
        _ = try LinkClient.connect(host: "127.0.0.1", port: child.port, group: group) {
            let state = Line()
            return LinkClient(member, acknowledgesAtOnce: false) { client, happening in
                guard case .message(_, let bytes) = happening, trouble == .slow else { return }
                state.waiting.append(bytes)
                if state.waiting.count == 1 { self.answerNext(state, client) }
            }
        }.wait()
        for (number, name) in Self.askers.enumerated() {
            let identity = try child.identity(name)
            _ = try LinkClient.connect(host: "127.0.0.1", port: child.port, group: group) {
                let state = Line()
                return LinkClient(identity) { client, happening in
                    switch happening {
                    case .welcome: for _ in 0..<Self.depth { self.ask(state, number, licence, client) }
                    case .message:
                        self.count.withLock { $0 += 1 }
                        self.ask(state, number, licence, client)
                    case .acknowledged, .notice, .closed: break
                    }
                }
            }.wait()
        }
    }

    /// One connection's own state; touched on its loop only.
    private final class Line {
        var sent: UInt64 = 0
        var waiting: [[UInt8]] = []
    }

    private func ask(_ line: Line, _ number: Int, _ licence: String, _ client: LinkClient) {
        guard !isOver.withLock({ $0 }) else { return }
        line.sent += 1
        let digits = String(line.sent * 10 + UInt64(number))
        let control = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
        client.send(
            Array("DQ.CO0010100.\(Self.owner).*\(control).TXT\r\nRSN/T.OLN/\(licence)".utf8),
            sequence: line.sent)
    }

    private func answerNext(_ line: Line, _ client: LinkClient) {
        guard let loop = client.eventLoop, !line.waiting.isEmpty else { return }
        loop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: Self.slowness) {
            let question = String(decoding: line.waiting.removeFirst(), as: UTF8.self)
            let control = question.split(separator: "*").dropFirst().first?.prefix(10) ?? ""
            line.sent += 1
            client.send(
                Array("DR.OROLN0000.CO0010100.*\(control).TXT\r\nNOT ON FILE".utf8), sequence: line.sent)
            self.answerNext(line, client)
        }
    }

    func end() {
        isOver.withLock { $0 = true }
        try? group.syncShutdownGracefully()
    }
}
