import ComityMessages
import ComityNode
import Foundation
import Testing

/// A limit is counted in memory; a switch that starts again counts what its ledgers hold.
@Suite("Limits across a restart", .serialized)
struct LimitRestartTests {
    @Test("what was asked before `kill -9` counts after it")
    func counted() throws {
        let real = try RealSwitch(links: [NodeConfiguration.Link(name: "a", everybody: true)], people: 5) {
            let policies = $0.home + "/policies"
            try? FileManager.default.copyItem(
                atPath: RealSwitch.repository + "/Examples/policies", toPath: policies)
            // Utah has no example; here it has one with two limits.
            try? """
            policy UT "Test" version 1 effective 2026-01-15
            share UT-1 "All" give everything to everybody law "none"
            limit UT-2 "Agencies" at most 3 look-ups in a month for each agency otherwise refuse
              from kind city law "none"
            limit UT-3 "People" at most 3 look-ups in a month for each subject otherwise refuse
              from kind county law "none"
            """.write(toFile: policies + "/UT.policy", atomically: true, encoding: .utf8)
            $0.policies = policies
        }
        let port = try real.start()
        let link = try TestLink("a", home: real.home)
        try link.connect(port: port)
        var outcomes: [String] = []
        for (agency, number) in [("CO0010100", 1), ("CO0010000", 1), ("CO0010100", 2), ("CO0010000", 1)] {
            outcomes.append(try ask(agency, number, outcomes.count, link))
        }
        real.kill()
        try link.connect(port: try real.start())
        for (agency, number) in [
            ("CO0010100", 3), ("CO0010100", 4), ("CO0010000", 1), ("CO0010000", 1), ("CO0010000", 2),
        ] {
            outcomes.append(try ask(agency, number, outcomes.count, link))
        }
        let (yes, no) = ("RELEASED", "REFUSED")
        #expect(outcomes == [yes, yes, yes, yes, yes, no, yes, no, yes])
    }

    private func ask(_ agency: String, _ number: Int, _ serial: Int, _ link: TestLink) throws -> String {
        link.send("DQ.\(agency).UT.*A00000000\(serial).TXT\r\nOLN/XUT000000\(number)")
        try link.wait(10) { $0.messages.count == serial + 1 }
        let text = String(decoding: link.read { $0.messages[serial] }, as: UTF8.self)
        guard let line = text.range(of: "COMITY 1 ") else { return text }
        return String(text[line.upperBound...].prefix { $0 != " " })
    }
}
