import ComityNode
import Foundation
import Testing

@Suite("Taking a link over", .serialized)
struct TakeOverTests {
    /// A member's second machine signs on while the first is asking as fast as it can, and the first does not take
    /// all of its answers. What was accepted from the first is answered to whoever has the link then.
    @Test("no answer is lost or given twice when another session takes an exclusive link over under load")
    func underLoad() throws {
        let real = try RealSwitch(links: [NodeConfiguration.Link(name: "a", everybody: true)])
        let port = try real.start()
        var machines: [TestLink] = []
        var sent = 0
        for machine in 0..<12 {
            let link = try TestLink("a", home: real.home, session: "machine-\(machine)")
            machines.append(link)
            try link.connect(port: port)
            for _ in 0..<100 {
                sent += 1
                let control = "A" + String(1_000_000_000 + sent).dropFirst()
                link.send("DQ.CO0010100.TX.*\(control).TXT\r\nOLN/X0000001", control: control)
            }
            // Taken over in the middle: most have been sent, some are on the way to the disk.
            usleep(UInt32.random(in: 0...20_000))
        }
        let last = machines[machines.count - 1]
        try last.wait(20) { $0.unacknowledged.isEmpty }
        let accepted = machines.reduce(into: Set<String>()) { all, link in
            all.formUnion(link.read { $0.accepted })
        }
        // The switch may have accepted more than it could still say; what it said it has must be answered.
        let end = Date().addingTimeInterval(20)
        while Date() < end, !Set(machines.flatMap(Self.controls)).isSuperset(of: accepted) { usleep(20_000) }
        #expect(Set(machines.flatMap(Self.controls)).isSuperset(of: accepted), "an answer was lost")
        usleep(300_000)
        let answered = last.read { $0.messages.map(Self.control) }
        #expect(Set(answered).count == answered.count, "something was answered twice on one connection")
        #expect(accepted.count >= 100)
        #expect(machines.allSatisfy { $0.read { $0.notices.isEmpty } })
        #expect(real.stop() == 0)
    }

    private static func controls(_ link: TestLink) -> [String] { link.read { $0.messages.map(control) } }

    private static func control(_ bytes: [UInt8]) -> String {
        guard let star = bytes.firstIndex(of: UInt8(ascii: "*")) else { return "" }
        return String(decoding: bytes[(star + 1)...].prefix(10), as: UTF8.self)
    }
}
