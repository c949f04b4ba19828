import ComityMessages
import ComityNode
import ComityService
import Foundation
import Testing

@Suite("How long envelopes are kept, as configured")
struct RetentionConfigurationTests {
    private func configuration(_ keys: String) throws -> NodeConfiguration {
        let file = FileManager.default.temporaryDirectory.path + "/comity-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try
            #"{"name": "hub", "ori": "DXHUB0000", "home": "home", "policies": "policies", "links": [], \#(keys)}"#
            .write(toFile: file, atomically: true, encoding: .utf8)
        return try NodeConfiguration(file: file)
    }

    @Test(
        "texts of messages that were passed on: a time of their own, or that of everybody, a year at least",
        arguments: [
            (#""limits": {}"#, 365), (#""retentionDays": 700"#, 700),
            (#""operationsRetentionDays": 900"#, 900),
            (#""retentionDays": 700, "operationsRetentionDays": 365"#, 365),
        ])
    func days(keys: String, days: Int) throws {
        let tables = try DataFolder(Self.data).tables()
        let configuration = try configuration(keys)
        #expect(configuration.retention(tables: tables).days(of: .network) == days)
        let again = try JSONDecoder().decode(
            NodeConfiguration.self, from: JSONEncoder().encode(configuration))
        #expect(again == configuration)
    }

    @Test("less than a year, or more than a hundred, is refused", arguments: [364, 0, -1, 36_526])
    func refused(days: Int) throws {
        for key in ["retentionDays", "operationsRetentionDays"] {
            let error = #expect(throws: ConfigurationError.self) {
                try configuration(#""\#(key)": \#(days)"#)
            }
            #expect(error?.description.contains("`\(key)` is \(days) days") == true)
        }
    }

    private static let data =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Data"
}
