import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStore
import ComityStoreSQLite
import Foundation
import Glibc
import NIOCore
import NIOPosix
import Testing

/// Two real switches: the network's hub, and one member's own gateway signed on to it as the link `gateway`.
final class JoinedSwitches {
    let hub: RealSwitch
    let gateway: RealSwitch
    /// Where members of the network ask, and where the member's own agencies do.
    let desk: TestLink
    let local: TestLink
    private let hubPort: Int

    /// - Parameters:
    ///   - member: whose gateway it is, and how that serves its own records.
    ///   - links: more links of the gateway, and of the hub.
    init(
        member: NodeConfiguration.Owner = NodeConfiguration.Owner(code: MemberCode("WA")!),
        links: [NodeConfiguration.Link] = [], hubLinks: [NodeConfiguration.Link] = [],
        answerSeconds: Int = 10
    ) throws {
        let port = try Self.freePort()
        hubPort = port
        let usual = [
            NodeConfiguration.Link(name: "desk", everybody: true, path: "terminal"),
            NodeConfiguration.Link(name: "gateway", members: [member.code], path: "gateway"),
        ]
        hub = try RealSwitch(links: usual + hubLinks) {
            $0.name = "hub"
            $0.listen.port = port
            $0.limits.answerSeconds = answerSeconds
            $0.owners = [
                NodeConfiguration.Owner(code: member.code, link: "gateway", gateway: true),
                NodeConfiguration.Owner(code: MemberCode("OR")!),
            ]
        }
        let secret = hub.home.secret(of: "gateway")
        gateway = try RealSwitch(
            links: [NodeConfiguration.Link(name: "local", everybody: true, path: "terminal")] + links
        ) {
            $0.name = "gateway"
            $0.ori = ORI("DXWAGW000")!
            $0.owners = [member]
            $0.limits.answerSeconds = answerSeconds
            $0.uplink = NodeConfiguration.Uplink(name: "hub", port: port, secretFile: secret)
        }
        try hub.start()
        let gatewayPort = try gateway.start()
        desk = try TestLink("desk", home: hub.home)
        local = try TestLink("local", home: gateway.home)
        try desk.connect(port: port)
        try local.connect(port: gatewayPort)
        try waitForUplink()
    }

    /// A port that nobody has now: the gateway must find the hub again after it was started anew.
    private static func freePort() throws -> Int {
        let bound = try ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: 0).wait()
        defer { try? bound.close().wait() }
        return bound.localAddress?.port ?? 0
    }

    /// Waits until the hub sees the gateway.
    func waitForUplink(_ isUp: Bool = true) throws {
        for _ in 0..<2000 {
            let cards = (try? ControlClient.links(hub.home)) ?? []
            if cards.contains(where: { $0.link == "gateway" && ($0.state == .up) == isUp }) { return }
            usleep(10_000)
        }
        throw RealSwitch.Failure(description: "the gateway did not \(isUp ? "sign on to" : "leave") the hub")
    }

    func startHub() throws {
        try hub.start()
        try desk.connect(port: hubPort)
    }

    func startGateway() throws { try local.connect(port: try gateway.start()) }

    /// Connects an owner's own system to the gateway.
    func connect(_ link: TestLink, port: Int) throws { try link.connect(port: port) }

    /// Sends a question and gives the text of its answer.
    func ask(_ text: String, control: String, on link: TestLink, seconds: Double = 20) throws -> String {
        link.send(text, control: control)
        try link.wait(seconds) { $0.messages.contains { Self.text($0).contains("*\(control)") } }
        return Self.answers(link, control)[0]
    }

    static func answers(_ link: TestLink, _ control: String) -> [String] {
        link.read { $0.messages.map(text).filter { $0.contains("*\(control)") } }
    }

    static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The references of an answer's first lines: the switch's own, then that of the owner's.
    static func references(_ answer: String) -> [String] {
        answer.matches(of: /COMITY 1 [A-Z-]+ [A-Z]{2} ([0-9A-F-]{19})/).map { String($0.output.1) }
    }

    /// What a home's ledgers say of one owner: questions, and how each ended.
    static func lane(_ real: RealSwitch, _ owner: String) throws -> (
        questions: [QuestionEntry], endings: [ClosingEntry.Ending]
    ) {
        let store = try StoreReader(path: real.home.store)
        defer { try? store.close() }
        var questions: [QuestionEntry] = []
        var endings: [ClosingEntry.Ending] = []
        for row in try store.entries(after: 0, limit: .max) {
            switch try LedgerEntry(decoding: row.bytes) {
            case .question(let entry) where entry.ledger.owner == owner: questions.append(entry)
            case .closing(let entry) where entry.ledger.owner == owner: endings.append(entry.ending)
            default: break
            }
        }
        return (questions, endings)
    }

    /// `comity ledger verify` on both homes.
    func expectSound(_ location: SourceLocation = #_sourceLocation) throws {
        for real in [hub, gateway] {
            let (status, text) = try real.run("ledger", "verify")
            #expect(status == 0, "\(text)", sourceLocation: location)
        }
    }
}
