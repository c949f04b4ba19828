import ComityLedger
import ComityMessages
import ComityNode
import Foundation
import Testing

@Suite("A message sent once more, with the real program over real sockets", .serialized)
struct ResendTests {
    @Test(
        "an AM arrives twice, the second marked as a repeat; with kill -9 before it went out it is neither lost nor doubled"
    )
    func twice() throws {
        let real = try RealSwitch(
            links: [
                NodeConfiguration.Link(name: "co", members: [MemberCode("CO")!]),
                NodeConfiguration.Link(name: "tx", members: [MemberCode("TX")!]),
            ])
        var port = try real.start()
        let co = try TestLink("co", home: real.home)
        let tx = try TestLink("tx", home: real.home)
        try co.connect(port: port)
        try tx.connect(port: port)
        co.send("AM.CO0010100.TX.*A000000002.TXT\r\nPLEASE CALL", control: "A000000002")
        try tx.wait(20) { $0.messages.count == 1 }
        let found = try real.run("message", "find", "--relayed", "--agency", "CO0010100")
        let reference = try #require(
            found.text.split(whereSeparator: \.isWhitespace).map(String.init).first { $0.count == 19 },
            "\(found.text)")
        let again = ["message", "resend", reference, "--as", "J. SAMPLE", "--reason", "printer was out"]
        func resend(_ more: String...) throws -> (status: Int32, text: String) {
            var last: (status: Int32, text: String) = (0, "")
            // The link's word that it has the first one may be on its way.
            for _ in 0..<50 {
                last = try real.run(again + more)
                guard last.text.contains("is on its way") else { break }
                usleep(20_000)
            }
            return last
        }
        #expect(try resend("--to", "OR").text.contains("did not go to `OR`"))
        let first = try resend()
        #expect(first.status == 0 && first.text.contains("TX SENT"), "\(first.text)")
        try tx.wait(20) { $0.messages.count == 2 }
        #expect(texts(tx)[1].contains("REPEAT: this message was sent before, received at"))
        #expect(texts(tx)[1].contains("PLEASE CALL") && !texts(tx)[0].contains("REPEAT"))

        // That Texas has both is written down with whatever is written next.
        usleep(200_000)
        co.send("DQ.CO0010100.WA.*A000000003.TXT\r\nOLN/X0000001", control: "A000000003")
        try co.wait(20) { $0.messages.count == 1 }
        // Texas is away: it waits, through a kill. The next process gives it once.
        real.kill()
        port = try real.start()
        let queued = try resend()
        #expect(queued.status == 0 && queued.text.contains("TX QUEUED"), "\(queued.text)")
        let waits = try resend("--to", "tx")
        #expect(waits.status == 1 && waits.text.contains("has not gone out yet"), "\(waits.text)")
        real.kill()
        port = try real.start()
        try tx.connect(port: port)
        try tx.wait(20) { $0.messages.count == 3 }
        usleep(300_000)
        #expect(texts(tx).count == 3 && texts(tx)[2].contains("REPEAT: "))
        // Killed as soon as the program says that it is sent: it comes, or has come, once.
        #expect(try resend().status == 0)
        real.kill()
        port = try real.start()
        try tx.connect(port: port)
        try tx.wait(20) { $0.messages.count == 4 }
        usleep(300_000)
        #expect(texts(tx).count == 4 && texts(tx).count { $0.contains("REPEAT: ") } == 3)

        let trace = try real.run("message", "trace", reference)
        #expect(trace.text.contains("CO0010100 sent it (AM), sent again 3 times"), "\(trace.text)")
        #expect(!trace.text.contains("PLEASE CALL") && !trace.text.contains("SAMPLE"))
        #expect(real.stop() == 0)
        let verified = try real.run("ledger", "verify")
        #expect(verified.status == 0, "\(verified.text)")
        let offline = try real.run(again)
        #expect(offline.status == 1 && offline.text.contains("no switch runs"), "\(offline.text)")
    }

    private func texts(_ link: TestLink) -> [String] {
        link.read { $0.messages.map { String(decoding: $0, as: UTF8.self) } }
    }
}
