import ComityExchange
import ComityLedger
import ComityMessages
import Testing

@Suite("The story: who asks, who answers, who refuses")
struct StoryTests {
    /// Sends one look-up by licence number and returns the answer.
    private func ask(_ ori: String, _ owner: String, _ more: String = "") -> (Message?, World) {
        var world = World()
        world.open(1)
        world.send("DQ.\(ori).\(owner).*A000000001.TXT\r\n\(more)OLN/X0000001")
        return (world.messages().first, world)
    }

    @Test("a local police agency is answered by Washington under its own control field")
    func released() throws {
        let (answer, world) = ask("CO0010100", "WA")
        let message = try #require(answer)
        #expect(message.key == .dr)
        #expect(message.origin.description == "WAOLN0000")
        #expect(message.control?.description == "A000000001")
        #expect(message.statusLine.hasPrefix("COMITY 1 RELEASED WA "))
        #expect(message.value("NAM") == "EXAMPLE,PAT Q")
        #expect(world.questions("WA").map(\.gate) == [.open])
        #expect(world.closings("WA").map(\.ending) == [.release])
    }

    @Test("ICE asks Washington and is refused with rule and law, without a query of the source")
    func iceRefused() throws {
        let (answer, world) = ask("DXICE0100", "WA")
        let message = try #require(answer)
        #expect(message.key == .dr)
        #expect(message.origin.description == "DXHUB0000")
        #expect(message.statusLine.hasPrefix("COMITY 1 REFUSED WA "))
        #expect(message.statusLine.hasSuffix(" WA-2"))
        #expect(message.text.contains("RCW 46.20.118"))
        #expect(message.elements.isEmpty)
        #expect(world.asked.isEmpty)
        #expect(world.closings("WA").map(\.ending) == [.refusedOnQuestion])
        #expect(world.closings("WA").first?.question == 0)
    }

    @Test("CBP, a sister agency, is answered in part: the home address stays in Washington")
    func customsAnswered() throws {
        let (answer, world) = ask("DXCBP0100", "WA")
        let message = try #require(answer)
        #expect(message.statusLine.hasPrefix("COMITY 1 RELEASED-IN-PART WA "))
        #expect(message.value("NAM") == "EXAMPLE,PAT Q")
        #expect(message.value("ADR") == nil)
        let closing = try #require(world.closings("WA").first)
        #expect(FieldGroupSet(rawValue: closing.withheld).contains(.address))
        #expect(!FieldGroupSet(rawValue: closing.given).contains(.address))
    }

    @Test("a deputised sheriff's unit is refused like its partner")
    func sheriffRefused() throws {
        let (answer, _) = ask("DXSHERIF1", "WA")
        #expect(try #require(answer).statusLine.hasSuffix(" WA-2"))
    }

    @Test("Texas answers all")
    func texas() throws {
        for ori in ["DXICE0100", "DXCBP0100", "DXSHERIF1", "CO0010100"] {
            #expect(try #require(ask(ori, "TX").0).statusLine.hasPrefix("COMITY 1 RELEASED TX "), "\(ori)")
        }
    }

    @Test("a state without a policy answers by the default, and its ledger says that no decision is on file")
    func noDecision() throws {
        let (answer, world) = ask("CO0010100", "OR")
        #expect(try #require(answer).statusLine.hasPrefix("COMITY 1 RELEASED"))
        #expect(world.questions("OR").map(\.noDecisionOnFile) == [true])
        #expect(world.questions("WA").isEmpty)
    }

    @Test("an agency that asks for another is judged as both")
    func onBehalf() throws {
        let (answer, _) = ask("CO0010100", "WA", "BEHALF/DXICE0100.")
        #expect(try #require(answer).statusLine.hasSuffix(" WA-2"))
    }

    @Test("an agency ID that the directory does not know gets nothing from Washington")
    func unknownAgency() throws {
        let (answer, _) = ask("CO0999900", "WA")
        #expect(try #require(answer).statusLine.hasPrefix("COMITY 1 REFUSED WA "))
    }
}
