import ComityMessages
import ComityNode
import Foundation
import Testing

/// Guarantee 10: an owner that ever had a policy in force is never answered by the network's default.
///
/// A real switch, its policy folder a copy of the examples: Washington's policy answers, the switch stops, something
/// happens to the file, and the switch starts again on the same home.
@Suite("Guarantee 10", .serialized)
struct GuaranteeTenTests {
    /// What happened to the file of Washington.
    enum Loss: String, CaseIterable, CustomStringConvertible {
        case deleted, damaged, emptied, older, rewritten, ranOut

        var description: String { rawValue }

        func happen(to file: String) throws {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            let new: String? =
                switch self {
                case .deleted: nil
                case .damaged: text.replacingOccurrences(of: "refuse WA-2", with: "refuze WA-2")
                case .emptied: ""
                case .older: text.replacingOccurrences(of: "version 7 ", with: "version 6 ")
                case .rewritten: text.replacingOccurrences(of: "US.DHS.ICE", with: "US.DHS.ICE.ERO")
                case .ranOut:
                    text.replacingOccurrences(
                        of: "version 7   effective 2026-01-15",
                        with: "version 8   effective 2026-01-15   until 2026-01-31")
                }
            #expect(new != text, "the test did not change the file")
            if let new {
                try new.write(toFile: file, atomically: true, encoding: .utf8)
            } else {
                try FileManager.default.removeItem(atPath: file)
            }
        }
    }

    @Test(
        "Guarantee 10: an owner whose policy is gone, damaged, older or out of force is refused, never answered by the default",
        arguments: Loss.allCases)
    func lost(_ loss: Loss) throws {
        var policies = ""
        let real = try RealSwitch(links: [NodeConfiguration.Link(name: "a", everybody: true)], people: 5) {
            policies = $0.home + "/policies"
            try? FileManager.default.copyItem(
                atPath: RealSwitch.repository + "/Examples/policies", toPath: policies)
            $0.policies = policies
        }
        let port = try real.start()
        let link = try TestLink("a", home: real.home)
        try link.connect(port: port)
        #expect(try ask("WA", 1, link).hasPrefix("RELEASED"))
        let byDefault = try ask("OR", 2, link)
        #expect(byDefault.hasPrefix("RELEASED"))
        #expect(try #require(ControlClient.status(real.home)).alarms.isEmpty)
        #expect(real.stop() == 0)

        try loss.happen(to: policies + "/WA.policy")
        try link.connect(port: try real.start())
        #expect(try ask("WA", 3, link) == "REFUSED")
        // Oregon never had a policy: the default goes on answering for it.
        #expect(try ask("OR", 4, link) == byDefault)
        let alarms = try #require(ControlClient.status(real.home)).alarms
        if loss != .ranOut { #expect(alarms.count == 1 && alarms[0].hasPrefix("WA: "), "\(alarms)") }

        // Whoever started once without the file must not have forgotten.
        #expect(real.stop() == 0)
        try link.connect(port: try real.start())
        #expect(try ask("WA", 5, link) == "REFUSED")
    }

    /// Asks as the police of a town in Colorado and returns the outcome.
    private func ask(_ owner: String, _ number: Int, _ link: TestLink) throws -> String {
        link.send("DQ.CO0010100.\(owner).*A00000000\(number).TXT\r\nRSN/T.OLN/WDL00000012X")
        try link.wait(10) { $0.messages.count == number }
        let text = String(decoding: link.read { $0.messages[number - 1] }, as: UTF8.self)
        guard let line = text.range(of: "COMITY 1 ") else { return text }
        return String(text[line.upperBound...].prefix { $0 != " " })
    }
}
