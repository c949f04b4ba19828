import ComityLedger
import ComityMessages
import ComityNode
import ComityRecords
import Foundation
import Logging

/// A running switch with made-up records and the example policies, for the real program to work on.
final class CommandWorld {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    let folder: String
    let node: SwitchNode
    var home: String { node.home.path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/comity-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let data = DataFolder(Self.root + "/Data")
        let tables = try data.tables()
        try SyntheticPopulation(seed: 7, owners: tables.states, peoplePerOwner: 20).write(
            to: folder + "/records.sqlite")
        var configuration = NodeConfiguration(
            name: "hub", ori: ORI("NL0000000")!, home: folder + "/home",
            policies: Self.root + "/Examples/policies",
            links: [
                .init(name: "terminal", everybody: true, sharesSessions: true),
                .init(name: "or", members: [MemberCode("OR")!]),
            ])
        configuration.listen.port = 0
        configuration.data = data.path
        configuration.records = folder + "/records.sqlite"
        node = try SwitchNode(configuration, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    func run(_ line: String..., input: String = "") throws -> CommandRun {
        try CommandRun(line, input: Array(input.utf8), home: home)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
