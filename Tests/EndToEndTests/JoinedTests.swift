import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import Foundation
import NIOCore
import NIOPosix
import Testing

@Suite("Two switches joined: the hub and a member's own gateway", .serialized)
struct JoinedTests {
    @Test(
        "asked through the hub, judged by the gateway, counted there; asked through the gateway, answered by the hub"
    )
    func bothWays() throws {
        let both = try JoinedSwitches()
        let released = try both.ask(
            "DQ.OR0010100.WA.*A000000001.TXT\r\nRSN/T.OLN/WDL00000012X", control: "A000000001", on: both.desk)
        #expect(
            released.contains("COMITY 1 PASSED-ON WA ") && released.contains("COMITY 1 RELEASED-IN-PART WA "))
        #expect(released.contains("OLN/WDL00000012X"))
        let refused = try both.ask(
            "DQ.DXICE0100.WA.*A000000002.TXT\r\nRSN/T.OLN/WDL00000012X", control: "A000000002", on: both.desk)
        #expect(refused.contains("COMITY 1 PASSED-ON WA ") && refused.contains(" WA-2\r\n"))
        #expect(!refused.contains("NAM/"))
        let up = try both.ask(
            "DQ.WA0010100.OR.*B000000001.TXT\r\nRSN/T.OLN/XOR0000012", control: "B000000001", on: both.local)
        #expect(up.contains("COMITY 1 PASSED-ON OR "))
        let (there, here) = (JoinedSwitches.references(up), JoinedSwitches.references(refused))
        #expect(there.count == 2 && here.count == 2)

        let atGateway = try JoinedSwitches.lane(both.gateway, "WA")
        #expect(atGateway.questions.map(\.agency) == ["OR0010100", "DXICE0100"])
        #expect(atGateway.endings == [.release, .refusedOnQuestion])
        #expect(try JoinedSwitches.lane(both.hub, "WA").endings == [.passedOn, .passedOn])
        #expect(try JoinedSwitches.lane(both.gateway, "OR").endings == [.passedOn])
        #expect(try JoinedSwitches.lane(both.hub, "OR").questions.map(\.agency) == ["WA0010100"])
        try both.expectSound()

        // Each switch explains the reference that is its own, and says who can say more.
        let passedOn = try both.hub.run("explain", here[0])
        #expect(passedOn.status == 0, "\(passedOn.text)")
        #expect(passedOn.text.contains("PASSED ON") && passedOn.text.contains("judges for itself"))
        #expect(passedOn.text.contains("judged again from these entries: the same"))
        let judged = try both.gateway.run("explain", here[1])
        #expect(judged.status == 0 && judged.text.contains("REFUSED") && judged.text.contains("WA-2"))
        #expect(passedOn.text.contains("cannot see  what the owner's own switch decides"))
        let counted = try both.hub.run("ledger", "count", "--owner", "WA", "--no-color")
        #expect(counted.text.contains("Passed on") && counted.text.contains("total\t2\t0\t0\t0\t0\t0\t2\t0"))
        let asker = try both.gateway.run("explain", there[0], "--as", "asker")
        #expect(asker.text.contains("with the reference of its own answer"), "\(asker.text)")
        // Before it is asked: the hub cannot tell, the gateway can.
        let question = ["can", "DXICE0100", "identity", "--owner", "WA"]
        let (atHub, atGate) = (try both.hub.run(question), try both.gateway.run(question))
        #expect(atHub.status == 40 && atHub.text.contains("own switch judges"), "\(atHub.text)")
        #expect(atGate.status == 30 && atGate.text.contains("WA-2"), "\(atGate.text)")
        // The answer stands in neither of the hub's files, and nothing of it in what it says of itself.
        let name = try #require(released.firstMatch(of: /NAM\/([A-Z]+)/)).output.1
        for file in [both.hub.home.store, both.hub.home.store + "-wal", both.hub.home.views] {
            let bytes = FileManager.default.contents(atPath: file) ?? Data()
            #expect(bytes.range(of: Data(name.utf8)) == nil, "\(file)")
        }
        #expect(both.hub.stop() == 0 && both.gateway.stop() == 0)
    }

    @Test("a gateway that is down: no answer, never no record; back again, it answers")
    func down() throws {
        let both = try JoinedSwitches()
        #expect(both.gateway.stop() == 0)
        try both.waitForUplink(false)
        let answer = try both.ask(
            "DQ.OR0010100.WA.*A000000001.TXT\r\nRSN/T.OLN/WDL00000012X", control: "A000000001", on: both.desk)
        #expect(answer.contains("COMITY 1 NO-ANSWER WA ") && !answer.contains("NOT ON FILE"))
        try both.startGateway()
        try both.waitForUplink()
        let again = try both.ask(
            "DQ.OR0010100.WA.*A000000002.TXT\r\nRSN/T.OLN/WDL00000012X", control: "A000000002", on: both.desk)
        #expect(again.contains("COMITY 1 RELEASED-IN-PART WA "))
        // What nobody answered was never asked there.
        #expect(try JoinedSwitches.lane(both.gateway, "WA").questions.count == 1)
        // The hub is down: the same for Washington's own agencies.
        both.hub.kill()
        let nobody = try both.ask(
            "DQ.WA0010100.OR.*B000000001.TXT\r\nRSN/T.OLN/XOR0000012", control: "B000000001", on: both.local)
        #expect(nobody.contains("COMITY 1 NO-ANSWER OR ") && !nobody.contains("NOT ON FILE"))
        try both.startHub()
        try both.waitForUplink()
        let back = try both.ask(
            "DQ.WA0010100.OR.*B000000002.TXT\r\nRSN/T.OLN/XOR0000012", control: "B000000002", on: both.local)
        #expect(back.contains("COMITY 1 PASSED-ON OR "))
        try both.expectSound()
    }

    @Test(
        "administrative messages go both ways through two switches, once; who cannot be reached there is said to the sender"
    )
    func administrative() throws {
        let both = try JoinedSwitches(
            links: [NodeConfiguration.Link(name: "precinct", members: [MemberCode("WA")!])],
            hubLinks: [NodeConfiguration.Link(name: "oregon", members: [MemberCode("OR")!])])
        let ports = try [both.hub, both.gateway].map { try NodeConfiguration(file: $0.home.configuration) }
        let oregon = try TestLink("oregon", home: both.hub.home)
        let precinct = try TestLink("precinct", home: both.gateway.home)
        try both.connect(oregon, port: ports[0].listen.port)
        try both.connect(precinct, port: ports[1].listen.port)
        func texts(_ link: TestLink) -> [String] { link.read { $0.messages.map(JoinedSwitches.text) } }

        precinct.send("AML.WA0010100.OR0010100.*A000000001.TXT\r\nPLEASE CALL ONE", control: "A000000001")
        try oregon.wait(20) { !$0.messages.isEmpty }
        #expect(texts(oregon)[0].contains("PLEASE CALL ONE"))
        // One switch has added the words of the network, and the next one leaves it at that.
        #expect(texts(oregon)[0].components(separatedBy: "FOR LAW ENFORCEMENT ONLY").count == 2)
        oregon.send("AM.OR0010100.WA.*A000000002.TXT\r\nPLEASE CALL TWO", control: "A000000002")
        try precinct.wait(20) { !$0.messages.isEmpty }
        #expect(texts(precinct)[0].contains("PLEASE CALL TWO"))

        // The hub knows nobody who speaks for Texas: its error comes back to the one who wrote.
        precinct.send("AM.WA0010100.TX.*A000000003.TXT\r\nPLEASE CALL THREE", control: "A000000003")
        try precinct.wait(20) { $0.messages.count == 2 }
        let error = texts(precinct)[1]
        #expect(error.contains("*A000000003") && error.contains("nobody is reached"), "\(error)")
        usleep(500_000)
        #expect(texts(oregon).count == 1 && texts(precinct).count == 2)
        try both.expectSound()
        #expect(both.hub.stop() == 0 && both.gateway.stop() == 0)
    }

    /// Behind the gateway stands the licensing department's own system, and does not answer yet. So the moment between
    /// question and answer is as long as this test wants.
    @Test("killed between question and answer, the gateway or the hub: the question is answered once")
    func killedBetween() throws {
        let both = try JoinedSwitches(
            member: NodeConfiguration.Owner(code: MemberCode("TX")!, link: "dol"),
            links: [NodeConfiguration.Link(name: "dol")], answerSeconds: 60)
        let dol = try TestLink("dol", home: both.gateway.home)
        func dolUp() throws {
            let inForce = try NodeConfiguration(file: both.gateway.home.configuration)
            try both.connect(dol, port: inForce.listen.port)
        }
        try dolUp()
        for (round, killsHub) in [false, true, false].enumerated() {
            let control = "A00000000\(round)"
            both.desk.send("DQ.OR0010100.TX.*\(control).TXT\r\nRSN/T.OLN/WDL00000012X", control: control)
            try dol.wait(20) { $0.messages.count == round + 1 }
            if killsHub {
                both.hub.kill()
                try both.startHub()
            } else {
                both.gateway.kill()
                try both.startGateway()
                try dolUp()
            }
            try both.waitForUplink()
            let question = dol.read { JoinedSwitches.text($0.messages[round]) }
            let own = try #require(question.firstMatch(of: /\*([A-Z0-9]{10})/)).output.1
            dol.send("DR.TXOLN0000.OR0010100.*\(own).TXT\r\nOLN/WDL00000012X\r\nNAM/EXAMPLE,PAT Q")
            try both.desk.wait(20) {
                !$0.messages.filter { JoinedSwitches.text($0).contains(control) }.isEmpty
            }
            usleep(300_000)
            let answers = JoinedSwitches.answers(both.desk, control)
            #expect(answers.count == 1 && answers[0].contains("COMITY 1 RELEASED TX "), "\(answers)")
        }
        let there = try JoinedSwitches.lane(both.gateway, "TX")
        #expect(there.questions.count == 3 && there.endings == [.release, .release, .release])
        #expect(try JoinedSwitches.lane(both.hub, "TX").endings == [.passedOn, .passedOn, .passedOn])
        try both.expectSound()
    }

    @Test(
        "both killed again and again under load: each question is answered exactly once, or reported as unanswered"
    )
    func killedUnderLoad() throws {
        let both = try JoinedSwitches(answerSeconds: 3)
        var sent = 0
        for kill in 0..<6 {
            let end = Date().addingTimeInterval(Double.random(in: 0.1...0.4))
            while Date() < end {
                for (link, asker, owner, number) in [
                    (both.desk, "OR0010100", "WA", "WDL00000012X"),
                    (both.local, "WA0010100", "OR", "XOR0000012"),
                ] where link.read({ $0.unacknowledged.count < 10 }) {
                    sent += 1
                    let control = "C" + String(1_000_000_000 + sent).dropFirst()
                    link.send("DQ.\(asker).\(owner).*\(control).TXT\r\nRSN/T.OLN/\(number)", control: control)
                }
                usleep(3000)
            }
            if kill % 2 == 0 {
                both.gateway.kill()
                try both.startGateway()
            } else {
                both.hub.kill()
                try both.startHub()
            }
            try both.waitForUplink()
        }
        var words: [String: Int] = [:]
        for link in [both.desk, both.local] {
            try link.wait(60) { state in
                state.unacknowledged.isEmpty && state.messages.count >= state.accepted.count
            }
        }
        usleep(500_000)
        for link in [both.desk, both.local] {
            let state = link.read { $0 }
            let controls = state.messages.compactMap { World.control(JoinedSwitches.text($0)) }
            #expect(Set(controls).count == controls.count, "answered twice")
            #expect(Set(controls) == state.accepted)
            for message in state.messages {
                let text = JoinedSwitches.text(message)
                let line = text.firstMatch(of: /COMITY 1 ([A-Z-]+)/)?.output.1 ?? "other"
                words[String(line), default: 0] += 1
                #expect(!text.contains("COMITY 1 NO-ANSWER") || !text.contains("NOT ON FILE"))
            }
        }
        print("\(sent) questions, \(words.sorted { $0.key < $1.key })")
        #expect(
            words.values.reduce(0, +) == sent && Set(words.keys).isSubset(of: ["PASSED-ON", "NO-ANSWER"]))
        #expect(words["PASSED-ON", default: 0] > sent / 2)
        // Nothing was asked there twice: each question that the other switch took has one of this side's.
        let hubAsked = try JoinedSwitches.lane(both.hub, "WA").questions.count
        #expect(try JoinedSwitches.lane(both.gateway, "WA").questions.count <= hubAsked)
        let gatewayAsked = try JoinedSwitches.lane(both.gateway, "OR").questions.count
        #expect(try JoinedSwitches.lane(both.hub, "OR").questions.count <= gatewayAsked)
        try both.expectSound()
    }
}
