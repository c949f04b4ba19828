import ComityExchange
import ComityLedger
package import ComityMessages
package import ComityService
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Puts one message to a switch over a link, as an agency's own system would, and waits for its answers.
package struct AskSession: Sendable {
    /// What came back.
    package struct Result: Sendable {
        /// Answers in the order in which they came.
        package var answers: [Message] = []
        /// A notice, if the switch refused the sign-on or closed the connection.
        package var notice: Notice?
        /// The message could not be delivered to the switch at all.
        package var connectionFailed: String?
        /// Whether the switch said that it has the message durably.
        package var isAcknowledged = false

        package init() {}
    }

    private let host: String
    private let port: Int
    private let link: String
    private let secret: [UInt8]
    private let tables: CodeTables

    /// - Parameter link: a link of the home's switch; its secret is read from the home.
    package init(_ reader: HomeReader, link: NodeConfiguration.Link) throws {
        host = reader.configuration.listen.host
        port = reader.configuration.listen.port
        self.link = link.name
        secret = try KeyFile.load(reader.home.secret(of: link.name))
        tables = reader.tables
    }

    /// Sends a message and waits until every owner has answered, an error message came, or the time is over.
    ///
    /// Held look-ups are answered at once with the notice that they are held. The session is a new one and ends in
    /// good order.
    package func put(_ message: Message, owners: Int, waitingAtMost seconds: Int) throws(MessageError)
        -> Result
    {
        let bytes = try LegacyCodec.encode(message, direction: .input)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        let exchange = AskExchange(bytes: bytes, owners: owners, control: message.control, tables: tables)
        let identity = LinkClient.Identity(
            link: link, session: "ask-" + Hex.text(Array(SecureBytes.key().prefix(12))),
            secret: secret)
        do {
            _ = try LinkClient.connect(host: host, port: port, group: group) {
                LinkClient(identity) { client, happening in exchange.happened(client, happening) }
            }.wait()
        } catch {
            var result = Result()
            result.connectionFailed = "no switch listens on \(host):\(port)"
            return result
        }
        return exchange.wait(seconds: seconds)
    }

    /// The link on which an agency may speak: one that shares sessions, so that nobody else is pushed off it.
    ///
    /// - Throws: which links there are, if none fits.
    package static func link(
        named name: String?, for ori: ORI, in configuration: NodeConfiguration, member: MemberCode?,
        tables: CodeTables
    ) throws(ServiceError) -> NodeConfiguration.Link {
        let names = configuration.links.map { "`\($0.name)`" }.joined(separator: ", ")
        if let name {
            guard let link = configuration.links.first(where: { $0.name == name }) else {
                throw ServiceError(
                    "link-unknown", "the switch has no link `\(name)`", next: "its links are \(names)")
            }
            return link
        }
        let fitting = configuration.links.filter { link in
            Speakers(
                everybody: link.everybody ?? false, members: Set((link.members ?? []).map(tables.canonical)),
                agencies: Set(link.agencies ?? [])
            ).allow(ori, of: member)
        }
        if let link = fitting.first(where: { $0.sharesSessions == true }) { return link }
        guard let link = fitting.first else {
            throw ServiceError(
                "no-link", "`\(ori)` may speak on none of the switch's links (\(names))",
                next: "add it to a link in the switch's configuration, or name a link with --link")
        }
        throw ServiceError(
            "link-in-use",
            "`\(ori)` may speak on link `\(link.name)` only, which holds one session: signing on would push off "
                + "whoever is connected there",
            next: "if nobody is, say so with --link \(link.name)")
    }
}

/// The state of one asking, touched by the event loop and by the one who waits.
private final class AskExchange: Sendable {
    private let bytes: [UInt8]
    private let owners: Int
    private let control: ControlField?
    private let tables: CodeTables
    private let state = Mutex(AskSession.Result())
    private let done = DispatchSemaphore(value: 0)

    init(bytes: [UInt8], owners: Int, control: ControlField?, tables: CodeTables) {
        self.bytes = bytes
        self.owners = owners
        self.control = control
        self.tables = tables
    }

    func happened(_ client: LinkClient, _ happening: LinkClient.Happening) {
        switch happening {
        case .welcome: client.send(bytes, sequence: 1)
        case .acknowledged(let number):
            state.withLock { $0.isAcknowledged = $0.isAcknowledged || number >= 1 }
        case .message(_, let bytes):
            guard let answer = try? LegacyCodec.decode(bytes, direction: .output, tables: tables) else {
                return
            }
            // Mail of an older session of the link may come along; it is not ours.
            guard answer.control == control else { return }
            let isLast = state.withLock { result in
                result.answers.append(answer)
                return answer.key == .er || result.answers.count >= owners
            }
            if isLast {
                client.end()
                done.signal()
            }
        case .notice(let notice):
            state.withLock { $0.notice = notice }
            if notice.closes { done.signal() }
        case .closed: done.signal()
        }
    }

    func wait(seconds: Int) -> AskSession.Result {
        _ = done.wait(timeout: .now() + .seconds(seconds))
        return state.withLock { $0 }
    }
}
