import ComityExchange
import ComityMessages
import ComityNode
import Foundation
import Testing

@Suite("Configurations of joined switches")
struct JoinedConfigurationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    private let washington = MemberCode("WA")!
    private let oregon = MemberCode("OR")!

    private func tables() throws -> CodeTables { try DataFolder(Self.root + "/Data").tables() }

    @Test(
        "the example of a hub: an owner behind a gateway judges for itself, one behind a plain link does not")
    func hub() throws {
        let file = Self.root + "/Examples/joined/hub.json"
        let settings = try NodeConfiguration(file: file).exchangeSettings(tables: tables())
        #expect(settings.gateways == [washington] && settings.uplink == nil)
        #expect(settings.owners[washington] == .link("washington"))
        #expect(settings.links["washington"]?.answersFor == [washington])
        #expect(settings.links["oregon"]?.answersFor == [oregon])
    }

    @Test("the example of a gateway: everybody else is asked through the uplink, and anybody may ask over it")
    func gateway() throws {
        let file = Self.root + "/Examples/joined/washington.json"
        let (configuration, tables) = (try NodeConfiguration(file: file), try tables())
        let settings = configuration.exchangeSettings(tables: tables)
        #expect(settings.uplink == "hub" && settings.owners[washington] == .records)
        #expect(settings.gateways == Set(tables.states).subtracting([washington]))
        #expect(settings.owners[oregon] == .link("hub"))
        let permit = try #require(settings.links["hub"])
        #expect(permit.path == "hub" && permit.speaksFor.everybody && !permit.sharesSessions)
        #expect(permit.answersFor == settings.gateways)
        #expect(
            configuration.uplink?.secretFile == Self.root
                + "/Examples/joined/hub-home/links/washington.secret")
        // Written and read again it is the same: a home keeps its configuration so.
        let again = try JSONDecoder().decode(
            NodeConfiguration.self, from: JSONEncoder().encode(configuration))
        #expect(again == configuration)
    }

    @Test(
        "what cannot be joined is refused with words that say why",
        arguments: [
            (#""owners": [{"code": "WA", "gateway": true}], "links": []"#, "needs the `link`"),
            (
                #""links": [], "uplink": {"name": "hub", "port": 7001, "secretFile": "s"}"#,
                "`owners` must say"
            ),
            (
                #""owners": [], "links": [{"name": "hub"}], "uplink": {"name": "hub", "port": 7001, "secretFile": "s"}"#,
                "no link has"
            ),
            (
                #""owners": [{"code": "WA"}], "links": [], "uplink": {"name": "hub", "port": 7001, "secretFile": "s", "members": ["WA"]}"#,
                "is an owner here"
            ),
            (
                #""owners": [], "links": [], "uplink": {"name": "hub", "port": 0, "secretFile": "s"}"#,
                "`uplink.port`"
            ),
            (
                #""owners": [], "links": [], "uplink": {"name": "hub", "port": 1, "secretFile": "s", "secret": "x"}"#,
                "there is no key `uplink.secret`"
            ),
        ])
    func refused(_ keys: String, _ why: String) throws {
        let file = FileManager.default.temporaryDirectory.path + "/comity-\(UUID().uuidString.prefix(8)).json"
        defer { try? FileManager.default.removeItem(atPath: file) }
        try Data(#"{"name": "x", "ori": "DXHUB0000", "home": "h", "policies": "p", \#(keys)}"#.utf8)
            .write(to: URL(fileURLWithPath: file))
        let error = #expect(throws: ConfigurationError.self) { _ = try NodeConfiguration(file: file) }
        #expect(error.map { "\($0)".contains(why) } == true, "\(error.map { "\($0)" } ?? "no error")")
    }
}
