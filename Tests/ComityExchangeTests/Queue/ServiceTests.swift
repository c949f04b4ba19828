import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicyTestSupport
import Testing

@Suite("Service states: open, hold and forward, not supported, removed")
struct ServiceTests {
    private let question = "DQ.CO0010100.TX.*A000000001.TXT\r\nOLN/X0000001"

    private func state(
        _ word: ServiceEntry.State, _ destination: String = "TX", key: MessageKey? = .dq,
        until: Timestamp? = nil,
        in world: World
    ) -> ServiceState {
        ServiceState(
            destination: Address(destination)!, key: key, state: word, until: until, reason: "maintenance",
            since: world.now)
    }

    @Test(
        "held and forwarded: recorded, the asker told .02., nobody asked until service returns, then answered once"
    )
    func hold() throws {
        var world = World()
        world.open(1)
        world.set(state(.hold, in: world))
        world.send(question)
        #expect(world.questions("TX").map(\.gate) == [.open])
        #expect(world.asked.isEmpty && world.closings("TX").isEmpty)
        let told = try #require(world.messages().first)
        #expect(told.key == .sm && told.control == ControlField("A000000001"))
        #expect(told.text.hasPrefix(".02. USER OUT OF SERVICE FOR MSG TYPE, NLETS WILL FORWARD"))
        world.wait(.seconds(1200))
        #expect(world.asked.isEmpty)
        world.set(state(.open, in: world))
        world.wait(.zero)
        #expect(world.asked.count == 1)
        #expect(world.messages().map(\.key) == [.sm, .dr])
        #expect(world.closings("TX").map(\.ending) == [.release])
    }

    @Test("it is judged again under the versions in force when it goes on")
    func judgedAgain() {
        var world = World()
        world.open(1)
        world.set(state(.hold, in: world))
        world.send(question)
        world.exchange.rulebook.set(.lost(why: "made up"), for: MemberCode("TX")!)
        world.set(state(.open, in: world))
        world.wait(.zero)
        #expect(world.asked.isEmpty)
        #expect(world.closings("TX").map(\.ending) == [.refusedOnAnswer])
        #expect(world.messages().last?.statusLine.hasPrefix("COMITY 1 REFUSED TX") == true)
    }

    @Test("its time to live over: no answer, and the asker is told")
    func timeToLive() {
        var world = World()
        world.open(1)
        world.set(state(.hold, in: world))
        world.send(question)
        world.wait(.seconds(3599))
        #expect(world.closings("TX").isEmpty)
        world.wait(.seconds(2))
        #expect(world.closings("TX").map(\.ending) == [.noAnswer])
        #expect(world.messages().last?.statusLine.hasPrefix("COMITY 1 NO-ANSWER TX") == true)
        world.set(state(.open, in: world))
        world.wait(.zero)
        #expect(world.asked.isEmpty)
    }

    @Test(
        "not supported and removed: recorded, ended as no answer with the documented text, never as not on file",
        arguments: [
            (ServiceEntry.State.notSupported, ".01. USER DOES NOT RESPOND"),
            (.removed, ".04. USER OUT OF SERVICE"),
        ])
    func ended(_ word: ServiceEntry.State, _ text: String) throws {
        var world = World()
        world.open(1)
        world.set(state(word, in: world))
        world.send(question)
        #expect(world.asked.isEmpty)
        #expect(world.questions("TX").count == 1 && world.closings("TX").map(\.ending) == [.noAnswer])
        let told = world.messages()
        try #require(told.map(\.key) == [.sm])
        #expect(told[0].text.hasPrefix(text))
        #expect(told[0].text.contains("COMITY 1 NO-ANSWER TX") && !told[0].text.contains("NOT ON FILE"))
    }

    @Test("a state is for one key; one for every key takes the place of those for single ones")
    func keys() {
        var world = World()
        world.open(1)
        world.set(state(.removed, in: world))
        world.send("RQ.CO0010100.TX.*A000000002.TXT\r\nVIN/1FAKEVIN000000001")
        #expect(world.asked.count == 1)
        world.set(state(.removed, key: nil, in: world))
        world.set(state(.open, key: .rq, in: world))
        world.send("RQ.CO0010100.TX.*A000000003.TXT\r\nVIN/1FAKEVIN000000001")
        #expect(world.asked.count == 2)
        world.send(question)
        #expect(world.asked.count == 2)
        world.set(state(.open, key: nil, in: world))
        #expect(world.exchange.serviceStates.isEmpty)
    }

    @Test("a stated time opens it by itself, and every change stands in the control ledger")
    func until() {
        var world = World()
        world.open(1)
        world.set(state(.hold, until: world.now + .seconds(60), in: world))
        world.send(question)
        world.wait(.seconds(61))
        #expect(world.asked.count == 1)
        #expect(world.services.map(\.state) == [.hold, .open])
        #expect(world.services.map(\.cause) == [.people, .time])
        var next = World()
        next.exchange.restoreServices(world.services)
        #expect(next.exchange.serviceStates.isEmpty)
        next.exchange.restoreServices(Array(world.services.prefix(1)))
        #expect(next.exchange.serviceStates.map(\.state) == [.hold])
    }

    @Test("a member states its own service by a status message on its own link, and nobody else's")
    func statement() {
        var world = RelayTests.world()
        world.open(1)
        world.open(2, link: "TX")
        world.send("SM.TX0010000.NL.*S000000001.TXT\r\nCOMITY 1 SERVICE TX DQ HOLD REASON maintenance", on: 2)
        #expect(world.services.map(\.cause) == [.link] && world.services.first?.link == "TX")
        #expect(world.messages(to: 2).first?.text.hasPrefix("COMITY 1 SERVICE TX DQ HOLD") == true)
        world.send(question)
        #expect(world.asked.isEmpty)
        world.send("SM.TX0010000.NL.*S000000002.TXT\r\nCOMITY 1 SERVICE OR ALL REMOVED", on: 2)
        world.send("SM.TX0010000.NL.*S000000003.TXT\r\nCOMITY 1 SERVICE TX DQ CLOSED", on: 2)
        world.send("SM.TX0010000.NL.*S000000009.TXT\r\nTO WHOM IT MAY CONCERN", on: 2)
        #expect(world.services.count == 1)
        #expect(world.messages(to: 2).dropFirst().map(\.key) == [.er, .er, .er])
        world.send("SM.TX0010000.NL.*S000000004.TXT\r\nCOMITY 1 SERVICE TX DQ OPEN", on: 2)
        world.wait(.zero)
        #expect(world.asked.count == 1)
    }

    @Test(
        "an owner behind a link that holds: the question waits, and goes out once under the recorded control value"
    )
    func ownerLink() throws {
        var world = Self.gateway()
        world.open(1)
        world.open(2, link: "TX")
        world.set(state(.hold, in: world))
        world.send(question)
        #expect(world.messages(to: 2).isEmpty)
        world.set(state(.open, in: world))
        world.wait(.zero)
        let asked = world.messages(to: 2)
        try #require(asked.map(\.key) == [.dq])
        #expect(asked.first?.control?.description == world.bodies.first?.body.control)
        world.send("DR.TXOLN0000.CO.*\(asked[0].control!).TXT\r\nNOT ON FILE", on: 2)
        #expect(world.closings("TX").map(\.ending) == [.release])
    }

    static func gateway() -> World {
        World(
            owners: [MemberCode("TX")!: .link("TX")],
            links: [
                World.terminal,
                LinkPermit(
                    name: "TX", speaksFor: Speakers(members: [MemberCode("TX")!]),
                    answersFor: [MemberCode("TX")!]),
            ])
    }

    @Test(
        "after a crash what waited goes on waiting, and is asked once when service returns",
        arguments: [true, false])
    func crash(isBehindLink: Bool) throws {
        var world = isBehindLink ? Self.gateway() : World()
        world.open(1)
        if isBehindLink { world.open(2, link: "TX") }
        world.set(state(.hold, in: world))
        world.send(question)
        var next = isBehindLink ? Self.gateway() : World()
        next.now = world.now
        next.exchange.restoreServices(world.services)
        next.takeUp(world.remains(keeping: world.appends.count))
        next.wait(.seconds(40))
        #expect(next.closings("TX").isEmpty && next.asked.isEmpty)
        next.open(1)
        if isBehindLink { next.open(2, link: "TX") }
        next.set(state(.open, in: next))
        next.wait(.zero)
        if isBehindLink {
            let asked = next.messages(to: 2).filter { $0.key == .dq }
            try #require(asked.count == 1)
            next.send("DR.TXOLN0000.CO.*\(asked[0].control!).TXT\r\nNOT ON FILE", on: 2)
        }
        #expect(next.closings("TX").map(\.ending) == [.release])
    }

    @Test(
        "a question to all states names each owner that is out of service as that, and its answer comes later"
    )
    func allStates() throws {
        var world = World()
        world.open(1)
        world.set(state(.hold, in: world))
        world.set(state(.removed, "OR", in: world))
        world.set(state(.notSupported, "NY", key: nil, in: world))
        world.send("DQ.CO0010100.NL.*A000000001.TXT\r\nNAM/EXAMPLE,PAT Q.DOB/19700101.SEX/F")
        let merged = try #require(MergedAnswer.read(world.messages()[0].text))
        func status(_ owner: String) -> ExpectedAnswer.Status? {
            merged.answers.first { $0.owner.description == owner }?.status
        }
        #expect(status("TX") == .waitsForService)
        #expect(status("OR") == .outOfService)
        #expect(status("NY") == .notSupported)
        let before = world.messages().count
        world.set(state(.open, in: world))
        world.wait(.zero)
        #expect(world.messages().count == before + 1)
        #expect(world.messages().last?.statusLine.hasPrefix("COMITY 1 RELEASED") == true)
    }

    @Test(
        "an AM to one who holds waits, with .02. and a line for each; removed and not supported are not sent")
    func relayed() throws {
        var world = RelayTests.world()
        world.open(1)
        for (number, link) in ["CO", "OR", "TX"].enumerated() { world.open(UInt64(number + 2), link: link) }
        world.set(state(.hold, "TX", key: nil, in: world))
        world.set(state(.removed, "OR", key: .am, in: world))
        world.send(RelayTests.am("TX.OR.CO"))
        let report = try #require(world.messages(to: 1).first)
        #expect(report.text.hasPrefix(".02."))
        #expect(report.text.contains("TX WAITS-FOR-SERVICE UNTIL"))
        #expect(report.text.contains("OR OUT-OF-SERVICE") && report.text.contains("CO SENT"))
        #expect(
            world.messages(to: 2).count == 1 && world.messages(to: 3).isEmpty && world.messages(to: 4).isEmpty
        )
        world.set(state(.open, "TX", key: nil, in: world))
        world.wait(.zero)
        #expect(world.messages(to: 4).map(\.text) == ["PLEASE CALL"])
        // What waited for service that never came back ends with a notice.
        world.set(state(.hold, "TX", key: nil, in: world))
        world.send(RelayTests.am("TX", control: 2))
        world.wait(.seconds(86_401))
        #expect(world.messages(to: 4).count == 1)
        #expect(world.messages(to: 1).last?.text.contains("TX NOT-DELIVERED AM") == true)
        #expect(world.messages(to: 1).last?.control == ControlField("A000000002"))
    }
}
