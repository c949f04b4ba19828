import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityPolicy
import ComityRecords
import ComityService
import ComityStore
import Foundation
import Logging

/// The repository's files, read once for all tests.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    static let data = DataFolder(root + "/Data")
    static let tables = try! data.tables()
    static let taxonomy = try! data.taxonomy()
    static let directory = try! data.directory()
    static let policies = root + "/Examples/policies"
}

/// A switch in a home of its own, with one terminal for everybody, which goes away with the test.
final class TestSwitch {
    let folder: String
    let node: SwitchNode

    init(source: any RecordSource) throws {
        folder = FileManager.default.temporaryDirectory.path + "/comity-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var configuration = NodeConfiguration(
            name: "hub", ori: ORI("NL0000000")!, home: folder + "/home", policies: Repository.policies,
            links: [.init(name: "terminal", everybody: true, sharesSessions: true)])
        configuration.listen.port = 0
        configuration.data = Repository.data.path
        node = try SwitchNode(
            configuration, source: source, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    var reader: HomeReader { get throws { try HomeReader(node.home) } }

    /// Asks and waits for every answer.
    func ask(_ message: Message, owners: Int = 1) throws -> AskReport {
        let reader = try reader
        let link = try AskSession.link(
            named: nil, for: message.origin, in: reader.configuration, member: nil, tables: Repository.tables)
        let result = try AskSession(reader, link: link).put(message, owners: owners, waitingAtMost: 20)
        return try AskReport(
            result, owners: message.owners(tables: Repository.tables), waited: 20)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

/// A record source that has every record, with one element of each group, and the facts that a test wants.
struct WholeRecords: RecordSource {
    let facts: [String: String]

    func answer(_ query: RecordQuery) -> RecordAnswer {
        let groups = Repository.taxonomy.elementGroups
        let elements = groups.keys.sorted().map { TaggedElement($0, "FAKE", groups[$0]) }
        return .records([VehicleRecord(elements: elements, facts: facts)])
    }
}
