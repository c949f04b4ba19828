import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite("A hub and an owner that judges for itself")
struct GatewayTests {
    private let question = "DQ.OR0010100.WA.*A000000001.TXT\r\nOLN/X0000001"

    /// The hub with the gateway connected and one question passed on; and the hub's control value.
    private func asked(
        _ text: String? = nil, floor: Policy = ExampleWorld.policy("network-floor")
    ) throws -> (world: World, control: String) {
        var world = World.hub(floor: floor)
        world.open(9, link: "WA", session: "s")
        world.send(text ?? question)
        let control = try #require(world.messages(to: 9).first?.control).description
        return (world, control)
    }

    private func answer(_ control: String, _ first: String, _ rest: String = "") -> String {
        "DR.WAOLN0000.OR0010100.*\(control).TXT\r\n\(first)\r\n\(rest)"
    }

    private let released = "COMITY 1 RELEASED WA 1111-2222-3333-4444"
    private let data = "OLN/X0000001\r\nNAM/EXAMPLE,PAT Q\r\nADR/1 EXAMPLE ST"

    @Test("the floor alone judges, the answer goes on as it is, and the ledger says passed on")
    func passedOn() throws {
        // Washington refuses immigration enforcement; here that is not for the hub to say.
        var (world, control) = try asked("DQ.DXICE0100.WA.*A000000001.TXT\r\nOLN/X0000001")
        let forwarded = try #require(world.messages(to: 9).first)
        #expect(forwarded.origin.description == "DXICE0100" && forwarded.key == .dq)
        #expect(forwarded.value("OLN") == "X0000001" && control != "A000000001")
        let entry = try #require(world.questions("WA").first)
        #expect(entry.gate == .open && entry.versions.policy == entry.versions.floor)
        #expect(entry.deciding == ["FLOOR-1"] && !entry.noDecisionOnFile)
        world.send(answer(control, released, data), on: 9)
        let told = try #require(world.messages().first)
        #expect(told.control?.description == "A000000001" && told.origin.description == "WAOLN0000")
        let lines = told.text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "COMITY 1 PASSED-ON WA \(Reference(entry.transaction))")
        #expect(lines[1] == released)
        #expect(told.value("NAM") == "EXAMPLE,PAT Q" && told.value("ADR") == "1 EXAMPLE ST")
        let closing = try #require(world.closings("WA").first)
        #expect(closing.ending == .passedOn && closing.records == 0)
        #expect(closing.given == 0 && closing.withheld == 0 && closing.recordFacts.isEmpty)
        #expect(world.asked.isEmpty && world.ledgersAreSound())
        #expect(world.exchange.openLookups == 0)
        // The same answer once more is nobody's.
        world.send(answer(control, released, data), on: 9)
        #expect(world.messages().count == 1)
    }

    @Test("what the floor refuses is refused here and never passed on")
    func floorRefuses() throws {
        let floor = try #require(
            ExampleWorld.read(
                """
                policy network "Test" version 1 effective 2026-01-01
                share F-1 "All" give everything to everybody law "none"
                refuse F-2 "Not they" from family US.DHS.ICE law "none"
                """
            ).policy)
        var world = World.hub(floor: floor)
        world.open(9, link: "WA", session: "s")
        world.send("DQ.DXICE0100.WA.*A000000001.TXT\r\nOLN/X0000001")
        #expect(world.messages(to: 9).isEmpty)
        let told = try #require(world.messages().first)
        #expect(told.statusLine.hasPrefix("COMITY 1 REFUSED WA ") && told.statusLine.hasSuffix(" F-2"))
        #expect(world.closings("WA").map(\.ending) == [.refusedOnQuestion])
        #expect(world.ledgersAreSound())
    }

    @Test("a gateway that is down: no answer at once, never no record; nothing waits there for later")
    func down() throws {
        for wasUp in [false, true] {
            var world = World.hub()
            if wasUp {
                world.open(9, link: "WA", session: "s")
                world.close(9)
            }
            world.send(question)
            let told = try #require(world.messages().first)
            #expect(told.statusLine.hasPrefix("COMITY 1 NO-ANSWER WA "))
            #expect(!told.text.contains("NOT ON FILE"))
            #expect(world.closings("WA").map(\.ending) == [.noAnswer])
            world.open(10, link: "WA", session: "s")
            #expect(world.messages(to: 10).isEmpty)
        }
    }

    @Test(
        "a gateway that does not answer in time: no answer; what it says later is recorded and not delivered")
    func late() throws {
        var (world, control) = try asked()
        world.wait(.seconds(31))
        #expect(try #require(world.messages().first).statusLine.hasPrefix("COMITY 1 NO-ANSWER WA "))
        world.send(answer(control, released, data), on: 9)
        #expect(world.messages().count == 1 && world.entries("operations").count == 1)
        #expect(world.ledgersAreSound())
    }

    @Test("a refusal of the gateway keeps its words, its rule and its reference")
    func refusedThere() throws {
        var (world, control) = try asked()
        let refused = "COMITY 1 REFUSED WA 1111-2222-3333-4444 WA-2"
        world.send(answer(control, refused, "Washington did not release name."), on: 9)
        let text = try #require(world.messages().first).text
        #expect(text.contains(refused) && text.contains("Washington did not release name."))
        #expect(world.closings("WA").map(\.ending) == [.passedOn])
    }

    @Test(
        "held there: the notice goes on at once, the end later; also over a restart",
        arguments: [false, true])
    func heldThere(_ restarts: Bool) throws {
        var (world, control) = try asked()
        let held = "COMITY 1 HELD-FOR-REVIEW WA 1111-2222-3333-4444 WA-4"
        world.send(
            answer(control, held, "Decided by \(world.now + .seconds(4 * 3600)) at the latest."), on: 9)
        #expect(try #require(world.messages().first).text.contains(held))
        #expect(world.closings("WA").isEmpty && world.exchange.heldLookups == 1)
        // It is none of this switch's desks'.
        #expect(world.exchange.heldLookupsNow().isEmpty)
        var (after, connection) = (world, UInt64(9))
        if restarts {
            after = World.hub()
            after.now = world.now
            after.takeUp(world.remains(keeping: world.appends.count))
            after.open(1)
            after.open(12, link: "WA", session: "s", received: 1)
            connection = 12
        }
        after.wait(.seconds(4 * 3600))
        #expect(after.closings("WA").isEmpty)
        let before = after.messages().count
        after.send(answer(control, released, data), on: connection, sequence: 2)
        let told = after.messages()
        #expect(told.count == before + 1)
        #expect(try #require(told.last).text.contains(released))
        #expect(after.closings("WA").map(\.ending) == [.passedOn])
        #expect(after.exchange.heldLookups == 0)
        #expect(after.appends.last?.releasedHeld.count == 1)
    }

    @Test("held there, and nobody says how it ended: no answer, some time after the desk's own")
    func heldInVain() throws {
        var (world, control) = try asked()
        world.send(
            answer(
                control, "COMITY 1 HELD-FOR-REVIEW WA 1111-2222-3333-4444",
                "Decided by \(world.now + .seconds(60)) at the latest."), on: 9)
        world.wait(.seconds(61))
        #expect(world.closings("WA").isEmpty)
        world.wait(.seconds(601))
        #expect(try #require(world.messages().last).statusLine.hasPrefix("COMITY 1 NO-ANSWER WA "))
        #expect(world.closings("WA").map(\.ending) == [.noAnswer] && world.exchange.heldLookups == 0)
    }

    @Test("an error of the gateway ends the look-up as no answer; it is never answered with another error")
    func error() throws {
        var (world, control) = try asked()
        world.send("ER.DXWASW000.OR0010100.*\(control).TXT\r\nDUPLICATE", on: 9)
        #expect(try #require(world.messages().first).statusLine.hasPrefix("COMITY 1 NO-ANSWER WA "))
        #expect(world.closings("WA").map(\.ending) == [.noAnswer])
        // The same for a status message: the owner is out of service there.
        var other = try asked()
        other.world.send(
            "SM.NL0000000.OR0010100.*\(other.control).TXT\r\n.04. USER OUT OF SERVICE FOR MSG TYPE, NLETS WILL NOT FORWARD",
            on: 9)
        #expect(try #require(other.world.messages().first).statusLine.hasPrefix("COMITY 1 NO-ANSWER WA "))
        let count = world.messages(to: 9).count
        world.send("ER.DXWASW000.OR0010100.*NOBODYS.TXT\r\nDUPLICATE", on: 9)
        world.send("nothing that reads as a message", on: 9)
        #expect(world.messages(to: 9).count == count && world.messages().count == 1)
        #expect(world.entries("operations").count == 3)
        #expect(world.acknowledged.last == 3)
    }

    @Test("what the floor withholds goes out neither as an element nor in words")
    func floorWithholds() throws {
        let floor = try #require(
            ExampleWorld.read(
                """
                policy network "Test" version 1 effective 2026-01-01
                share F-1 "All" give everything to everybody law "none"
                withhold F-2 "No addresses" keep address from everybody law "none"
                """
            ).policy)
        var (world, control) = try asked(floor: floor)
        world.send(
            answer(control, released, "Lives at 1 EXAMPLE ST.\r\n\(data)\r\nODD/1 EXAMPLE ST"), on: 9)
        let frames = world.frames.map { String(decoding: $0, as: UTF8.self) }.joined()
        #expect(!frames.contains("EXAMPLE ST"))
        let told = try #require(world.messages().first)
        #expect(told.value("NAM") == "EXAMPLE,PAT Q")
        #expect(told.text.contains(released) && told.text.contains("left out"))
        let closing = try #require(world.closings("WA").first)
        #expect(closing.ending == .passedOn)
        #expect(FieldGroupSet(rawValue: closing.withheld).contains(.address))
        // A refusal has no data, so it keeps its words.
        (world, control) = try asked(floor: floor)
        world.send(answer(control, "COMITY 1 REFUSED WA 1111-2222-3333-4444", "Because of rule WA-2."), on: 9)
        #expect(try #require(world.messages().first).text.contains("Because of rule WA-2."))
    }

    @Test("in the merged answer to all states stands what the gateway said")
    func merged() throws {
        for (first, rest, status) in [
            (released, data, ExpectedAnswer.Status.released),
            (released, "NOT ON FILE", .notOnFile),
            ("COMITY 1 REFUSED WA 1111-2222-3333-4444 WA-2", "Because.", .refused),
            ("COMITY 1 NO-ANSWER WA 1111-2222-3333-4444", "It did not.", .noAnswer),
            ("WE HAVE NOTHING", "", .passedOn),
        ] {
            var (world, control) = try asked("DQ.CO0010100.NL.*A000000001.TXT\r\nOLN/X0000001")
            world.send(answer(control, first, rest), on: 9)
            let merged = try #require(MergedAnswer.read(world.messages()[0].text))
            let line = try #require(merged.answers.first { $0.owner == World.washington })
            #expect(line.status == status, "\(first)")
            #expect(line.rule == (status == .refused ? "WA-2" : nil))
            #expect(world.closings("WA").map(\.ending) == [.passedOn])
        }
    }

    // MARK: The gateway's own side

    @Test(
        "a question that the hub passes on is judged by the owner's own policy and answered as a link writes")
    func judgedThere() throws {
        var world = World.gateway()
        world.send("DQ.CO0010100.WA.*HUB0000001.TXT\r\nOLN/X0000001", on: 7)
        world.send("DQ.DXICE0100.WA.*HUB0000002.TXT\r\nOLN/X0000001", on: 7)
        let answers = world.written(to: 7)
        #expect(answers.map(\.control?.description) == ["HUB0000001", "HUB0000002"])
        #expect(answers[0].destinations == [.agency(ORI("CO0010100")!)])
        #expect(answers[0].statusLine.hasPrefix("COMITY 1 RELEASED WA "))
        #expect(
            answers[1].statusLine.hasPrefix("COMITY 1 REFUSED WA ") && answers[1].statusLine.hasSuffix("WA-2")
        )
        #expect(world.closings("WA").map(\.ending) == [.release, .refusedOnQuestion])
        #expect(world.questions("WA").allSatisfy { $0.versions.policy != $0.versions.floor })
        #expect(world.asked.count == 1)
    }

    @Test(
        "a local agency's question for somebody else goes up and its answer comes back; both are recorded here"
    )
    func askedThroughHub() throws {
        var world = World.gateway()
        world.send("DQ.WA0010100.OR.*LOCAL00001.TXT\r\nOLN/X0000001")
        let up = try #require(world.written(to: 7).first)
        #expect(up.destinations == [.member(World.oregon)] && up.origin.description == "WA0010100")
        let control = try #require(up.control).description
        #expect(control != "LOCAL00001")
        world.send(
            "DR.OROLN0000.WA0010100.*\(control).TXT\r\nCOMITY 1 RELEASED OR 1111-2222-3333-4444\r\nNAM/EXAMPLE,PAT Q",
            on: 7)
        let told = try #require(world.messages().first)
        #expect(told.control?.description == "LOCAL00001" && told.value("NAM") == "EXAMPLE,PAT Q")
        #expect(told.statusLine.hasPrefix("COMITY 1 PASSED-ON OR "))
        #expect(world.questions("OR").count == 1 && world.closings("OR").map(\.ending) == [.passedOn])
        #expect(world.ledgersAreSound())
    }

    @Test("what comes from the hub for somebody who is not served here is not sent back to it")
    func noLoop() throws {
        var world = World.gateway()
        world.send("DQ.CO0010100.OR.*HUB0000001.TXT\r\nOLN/X0000001", on: 7)
        #expect(world.questions("OR").isEmpty)
        let answers = world.written(to: 7)
        #expect(answers.map(\.key) == [.er] && answers[0].control?.description == "HUB0000001")
    }

    @Test(
        "a question from the hub that was durable when the gateway died is answered once, over the same session"
    )
    func restarted() throws {
        var world = World.gateway()
        world.answersAtOnce = false
        world.send("DQ.CO0010100.WA.*HUB0000001.TXT\r\nOLN/X0000001", on: 7)
        #expect(world.exchange.place(ofLink: "hub")?.received == 1)
        var after = World.gateway(connected: false)
        after.now = world.now
        after.takeUp(world.remains(keeping: world.appends.count))
        #expect(after.exchange.place(ofLink: "hub")?.session == "uplink-1")
        after.open(8, link: "hub", session: "uplink-1")
        // The hub sends what it has no acknowledgement of; this side has it.
        after.send("DQ.CO0010100.WA.*HUB0000001.TXT\r\nOLN/X0000001", on: 8, sequence: 1)
        let answers = after.written(to: 8)
        #expect(answers.map(\.control?.description) == ["HUB0000001"])
        #expect(after.closings("WA").count == 1 && after.questions("WA").isEmpty)
    }
}
