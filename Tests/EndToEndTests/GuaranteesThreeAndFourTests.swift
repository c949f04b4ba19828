import ComityMessages
import ComityNode
import ComityRecords
import Foundation
import Testing

/// Guarantees 3 and 4: an accepted message is answered, refused or reported as unanswered, across `kill -9` at any
/// instant, and nothing is answered twice.
///
/// Four links send without a pause while the switch is killed again and again. 20 kills in `make test`, 500 in
/// `make crash` (`COMITY_KILLS`).
@Suite("Guarantees 3 and 4", .serialized)
struct GuaranteesThreeAndFourTests {
    private static let kills = ProcessInfo.processInfo.environment["COMITY_KILLS"].flatMap { Int($0) } ?? 20

    @Test("every message that was acknowledged is answered exactly once, however often the switch is killed")
    func killed() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("seed \(seed), \(Self.kills) kills")
        var random = SystemRandomNumberGenerator()
        let names = (0..<4).map { "link-\($0)" }
        let real = try RealSwitch(links: names.map { NodeConfiguration.Link(name: $0, everybody: true) })
        var port = try real.start()
        let links = try names.map { try TestLink($0, home: real.home) }
        var sent = 0
        for kill in 0..<Self.kills {
            for link in links { try link.connect(port: port) }
            let end = Date().addingTimeInterval(Double.random(in: 0.02...0.3, using: &random))
            while Date() < end {
                for (index, link) in links.enumerated() where link.read({ $0.unacknowledged.count < 40 }) {
                    sent += 1
                    send(number: sent, on: link, index: index)
                }
                usleep(300)
            }
            real.kill()
            port = try real.start()
            if kill % 50 == 49 { print("\(kill + 1) kills, \(sent) messages") }
        }
        for link in links { try link.connect(port: port) }
        let answered = { (state: TestLink.State) in
            state.unacknowledged.isEmpty && Set(Self.controls(state)).isSuperset(of: state.accepted)
        }
        for link in links { try link.wait(60, until: answered) }
        // A moment for anything that might come a second time.
        usleep(500_000)
        var outcomes: [String: Int] = [:]
        for link in links {
            let state = link.read { $0 }
            let controls = Self.controls(state)
            #expect(Set(controls).count == controls.count, "something was answered twice")
            #expect(Set(controls) == state.accepted, "answers and accepted messages are not the same")
            #expect(state.notices.isEmpty, "\(state.notices)")
            for message in state.messages { outcomes[Self.outcome(message), default: 0] += 1 }
        }
        print("\(sent) messages, outcomes \(outcomes.sorted { $0.key < $1.key })")
        #expect(outcomes["RELEASED-IN-PART", default: 0] > 0 && outcomes["REFUSED", default: 0] > 0)
        #expect(outcomes.values.reduce(0, +) == sent)
        #expect(real.stop() == 0)
    }

    private func send(number: Int, on link: TestLink, index: Int) {
        let digits = String(number)
        let control = String(repeating: "0", count: 10 - digits.count) + digits
        // A third is refused on the question; the others go to the record source.
        let asker = number % 3 == 0 ? "DXICE0100" : "CO0010100"
        link.send("DQ.\(asker).WA.*\(control).TXT\r\nRSN/T.OLN/WDL00000012X", control: control)
    }

    private static func controls(_ state: TestLink.State) -> [String] {
        state.messages.map { bytes in
            guard let star = bytes.firstIndex(of: UInt8(ascii: "*")) else { return "" }
            return String(decoding: bytes[(star + 1)...].prefix(10), as: UTF8.self)
        }
    }

    private static func outcome(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let line = text.range(of: "COMITY 1 ") else { return "other: \(text.prefix(160))" }
        return String(text[line.upperBound...].prefix { $0 != " " })
    }
}
