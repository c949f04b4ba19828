import ComityLedger
import ComityMessages
import ComityNode
import ComityRecords
import ComityStore
import ComityStoreSQLite
import Foundation
import Logging

/// A running switch with made-up records and the example policies, for the real program to work on.
final class CommandWorld {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    let folder: String
    let node: SwitchNode
    private let people: SyntheticPopulation
    var home: String { node.home.path }

    init(metrics: Bool = false, metricsHost: String = "127.0.0.1") throws {
        folder = FileManager.default.temporaryDirectory.path + "/comity-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let data = DataFolder(Self.root + "/Data")
        let tables = try data.tables()
        people = SyntheticPopulation(seed: 7, owners: tables.states, peoplePerOwner: 20)
        try people.write(to: folder + "/records.sqlite")
        var configuration = NodeConfiguration(
            name: "hub", ori: ORI("NL0000000")!, home: folder + "/home",
            policies: Self.root + "/Examples/policies",
            links: [
                .init(name: "terminal", everybody: true, sharesSessions: true),
                .init(name: "or", members: [MemberCode("OR")!]),
            ])
        configuration.listen.port = 0
        if metrics { configuration.metrics = .init(host: metricsHost, port: 0) }
        configuration.data = data.path
        configuration.records = folder + "/records.sqlite"
        node = try SwitchNode(configuration, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// The made-up licence number of a person, from 0. The twelfth is protected by no rule, the twentieth is.
    func licence(_ owner: String, person: Int = 11) -> String {
        people.keys(of: MemberCode(owner)!, person: person).licence
    }

    /// Sends a message that is passed on, from a terminal of the switch, and waits until the switch has it.
    func pass(_ key: String, to destination: String, _ text: String) throws {
        let reader = try HomeReader(node.home)
        let link = try AskSession.link(
            named: "terminal", for: ORI("DXCBP0100")!, in: reader.configuration, member: nil,
            tables: reader.tables)
        var message = Message(
            key: MessageKey(key)!, origin: ORI("DXCBP0100")!, destinations: [Address(destination)!],
            control: ControlField("C" + String(UInt32.random(in: 100_000_000...999_999_999)))!)
        message.text = text
        let result = try AskSession(reader, link: link).put(message, owners: 1, waitingAtMost: 1)
        guard result.isAcknowledged else { throw NotTaken() }
    }

    struct NotTaken: Error {}

    func run(_ line: String..., input: String = "") throws -> CommandRun {
        try CommandRun(line, input: Array(input.utf8), home: home)
    }

    /// The switch once more on the same home, after it was stopped.
    func restarted() throws -> SwitchNode {
        try SwitchNode(node.configuration, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// What the ledger of an owner says of those who looked into it: action and verb, in order.
    func accesses(_ owner: String) throws -> [String] {
        let store = try StoreReader(path: node.home.store)
        defer { try? store.close() }
        return try store.entries(after: 0, limit: .max).compactMap { row in
            guard case .access(let entry) = try LedgerEntry(decoding: row.bytes),
                entry.ledger.owner == owner
            else { return nil }
            return "\(entry.action) \(entry.reason)"
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
