import ComityLedger
import ComityMessages
import ComityNode
import Foundation
import Testing

@Suite("Hold and forward over real sockets", .serialized)
struct ForwardTests {
    @Test(
        "what waited for service when the switch was killed goes on in the next process: answered and delivered, once"
    )
    func restart() throws {
        let texas = NodeConfiguration.Link(name: "tx", members: [MemberCode("TX")!])
        let real = try RealSwitch(
            links: [NodeConfiguration.Link(name: "co", members: [MemberCode("CO")!]), texas])
        var port = try real.start()
        let co = try TestLink("co", home: real.home)
        let tx = try TestLink("tx", home: real.home)
        try co.connect(port: port)
        // Texas says so itself, on its own link, and goes.
        try tx.connect(port: port)
        tx.send("SM.TX0010000.NL.*S000000001.TXT\r\nCOMITY 1 SERVICE TX ALL HOLD REASON maintenance")
        try tx.wait(20) { $0.messages.count == 1 }
        co.send("DQ.CO0010100.TX.*A000000001.TXT\r\nOLN/X0000001", control: "A000000001")
        co.send("AM.CO0010100.TX.*A000000002.TXT\r\nPLEASE CALL", control: "A000000002")
        // Both are told: out of service, will be forwarded.
        try co.wait(20) { $0.messages.count == 2 && $0.unacknowledged.isEmpty }
        #expect(
            co.texts.allSatisfy { $0.contains(".02. USER OUT OF SERVICE FOR MSG TYPE, NLETS WILL FORWARD") })
        #expect(ControlClient.status(real.home)?.lookupsOutOfService == 1)
        real.kill()
        port = try real.start()
        try co.connect(port: port)
        try tx.connect(port: port)
        usleep(300_000)
        #expect(co.read { $0.messages.count } == 2 && tx.read { $0.messages.count } == 1)
        #expect(ControlClient.status(real.home)?.queued == 2)
        tx.send("SM.TX0010000.NL.*S000000002.TXT\r\nCOMITY 1 SERVICE TX ALL OPEN")
        try co.wait(20) { $0.messages.count == 3 }
        try tx.wait(20) { $0.messages.count == 3 }
        usleep(300_000)
        #expect(co.texts.count == 3 && co.texts[2].contains("COMITY 1 RELEASED TX"))
        #expect(tx.texts.filter { $0.contains("PLEASE CALL") }.count == 1)
        #expect(ControlClient.status(real.home)?.queued == 0)
        #expect(real.stop() == 0)
    }
}

extension TestLink {
    /// The messages that came, as they came.
    fileprivate var texts: [String] { read { $0.messages.map { String(decoding: $0, as: UTF8.self) } } }
}
