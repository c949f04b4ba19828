import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicyTestSupport
import Testing

@Suite("Links: sessions, numbers, who may speak, what is refused")
struct LinkTests {
    private let question = "DQ.CO0010100.TX.*A000000001.TXT\r\nOLN/X0000001"

    @Test("a message sent again under its number after a break is acknowledged again and not asked again")
    func repeated() {
        var world = World()
        world.open(1)
        world.send(question)
        world.close(1)
        world.open(2)
        world.send(question, on: 2, sequence: 1)
        #expect(world.questions("TX").count == 1)
        #expect(world.acknowledged == [1, 1])
    }

    @Test("a gap in the numbers closes the connection and says where to begin again")
    func gap() {
        var world = World()
        world.open(1)
        world.send(question, sequence: 3)
        #expect(world.notices.map(\.code) == ["sequence-gap"])
        #expect(world.notices[0].closes && world.notices[0].next.contains("1"))
        #expect(world.appends.isEmpty)
    }

    @Test("mail that was not acknowledged is sent again after a reconnect, and only that")
    func resend() {
        var world = World()
        world.open(1)
        for number in 1...3 { world.send("DQ.CO0010100.TX.*A00000000\(number).TXT\r\nOLN/X0000001") }
        world.acknowledge(1, through: 1)
        world.close(1)
        world.open(2, received: 2)
        let sent = world.out.compactMap { effect -> UInt64? in
            if case .send(ConnectionID(2), let sequence, _) = effect { sequence } else { nil }
        }
        #expect(sent == [3])
    }

    @Test("an acknowledgement of something never sent closes the connection")
    func tooMuch() {
        var world = World()
        world.open(1)
        world.acknowledge(1, through: 9)
        #expect(world.notices.map(\.code) == ["acknowledged-too-much"])
    }

    @Test("a link that has more than was ever sent is told that the home was put back")
    func ahead() {
        var world = World()
        world.open(1, received: 5)
        #expect(world.notices.map(\.code) == ["session-ahead"])
    }

    @Test("another session of an exclusive link takes its undelivered mail over")
    func takeOver() {
        let link = LinkPermit(name: "CO", speaksFor: Speakers(members: [MemberCode("CO")!]))
        var world = World(links: [link])
        world.open(1, link: "CO", session: "old")
        world.send(question)
        world.close(1)
        world.open(2, link: "CO", session: "new")
        #expect(world.messages(to: 2).map(\.key) == [.dr])
    }

    @Test("a link that comes back with less than it once acknowledged gets only what it never acknowledged")
    func backwards() {
        var world = World()
        world.open(1)
        for number in 1...3 { world.send("DQ.CO0010100.TX.*A00000000\(number).TXT\r\nOLN/X0000001") }
        world.acknowledge(1, through: 2)
        world.close(1)
        world.open(2, received: 0)
        #expect(world.numbers(to: 2) == [3])
        // And the link goes on.
        world.acknowledge(2, through: 3)
        world.send("DQ.CO0010100.TX.*A000000004.TXT\r\nOLN/X0000001", on: 2, sequence: 4)
        #expect(world.numbers(to: 2) == [3, 4])
        #expect(world.notices.isEmpty)
    }

    @Test("a link that comes back while its message is on the way to the disk is answered once")
    func reconnectInFlight() {
        var world = World()
        world.confirmsAtOnce = false
        world.open(1)
        world.send(question)
        world.close(1)
        world.open(2)
        world.send(question, on: 2, sequence: 1)
        // Not durable yet: the link must keep it.
        #expect(world.acknowledged.isEmpty)
        world.confirm()
        #expect(world.acknowledged == [1])
        // The closing is on the way when the connection breaks once more.
        world.close(2)
        world.open(3)
        world.confirm()
        #expect(world.questions("TX").count == 1 && world.closings("TX").count == 1)
        #expect(world.numbers(to: 2).isEmpty && world.numbers(to: 3) == [1])
    }

    @Test("mail on the way to the disk goes to the session that takes an exclusive link over, once")
    func takeOverInFlight() {
        let link = LinkPermit(name: "CO", speaksFor: Speakers(members: [MemberCode("CO")!]))
        var world = World(links: [link])
        world.confirmsAtOnce = false
        world.open(1, link: "CO", session: "old")
        for number in 1...2 { world.send("DQ.CO0010100.TX.*A00000000\(number).TXT\r\nOLN/X0000001") }
        // The first question is durable, and its closing under way; the second question is still under way.
        world.confirm()
        world.open(2, link: "CO", session: "new")
        while !world.waiting.isEmpty { world.confirm() }
        #expect(world.numbers(to: 1).isEmpty)
        #expect(
            world.messages(to: 2).compactMap { $0.control?.description }.sorted() == [
                "A000000001", "A000000002",
            ])
        #expect(world.numbers(to: 2) == [1, 2])
    }

    @Test("a link that shares sessions may have so many; an idle one makes room")
    func sessions() {
        var world = World { $0.sessionsPerLink = 2 }
        world.open(1, session: "a")
        world.open(2, session: "b")
        world.open(3, session: "c")
        #expect(world.notices.map(\.code) == ["too-many-sessions"])
        #expect(world.notices[0].closes)
        // The others are not disturbed.
        world.send(question, on: 1)
        #expect(world.messages(to: 1).count == 1)
        // One that has mail waiting makes no room; one that has nothing does.
        world.close(1)
        world.open(4, session: "c")
        #expect(world.notices.count == 2)
        world.close(2)
        world.open(5, session: "c")
        #expect(world.notices.count == 2)
        world.send("DQ.CO0010100.TX.*A000000002.TXT\r\nOLN/X0000001", on: 5)
        #expect(world.messages(to: 5).count == 1)
    }

    @Test("a link that does not take its answers gets no more questions accepted, until it does")
    func answersNotTaken() {
        var world = World { $0.mailWaiting = 2 }
        world.open(1)
        for number in 1...3 { world.send("DQ.CO0010100.TX.*A00000000\(number).TXT\r\nOLN/X0000001") }
        #expect(world.notices.map(\.code) == ["answers-not-taken"])
        #expect(world.notices[0].closes && world.notices[0].next.contains("from 3"))
        #expect(world.acknowledged == [1, 2] && world.questions("TX").count == 2)
        world.close(1)
        world.open(2, received: 2)
        world.send("DQ.CO0010100.TX.*A000000003.TXT\r\nOLN/X0000001", on: 2, sequence: 3)
        #expect(world.questions("TX").count == 3 && world.numbers(to: 2) == [3])
    }

    @Test("an agency that may not speak on a link is refused there, recorded, and told so")
    func wrongAgency() throws {
        let link = LinkPermit(name: "CO", speaksFor: Speakers(members: [MemberCode("CO")!]))
        var world = World(links: [link])
        world.open(1, link: "CO")
        world.send("DQ.OR0010000.TX.*A000000001.TXT\r\nOLN/X0000001")
        #expect(world.questions("TX").isEmpty)
        #expect(try #require(world.messages().first).key == .er)
        guard case .message(let entry)? = world.entries("operations").first else {
            Issue.record("nothing was recorded")
            return
        }
        #expect(entry.reason == "agency-not-on-link")
    }

    @Test(
        "what cannot be taken is answered with its documented error number and recorded without content",
        arguments: [
            ("garbage", ".01. INVALID HEADER INFORMATION"),
            ("DQ.CO0010100.TX.*A000000001.TXT\r\nNAM/EXAMPLE,PAT", ".05. DOB INVALID or MISSING"),
            ("RQ.CO0010100.TX.*A000000001.TXT\r\nLIC/TST0001.LIT/PC", ".22. INVALID MESSAGE FORMAT"),
            (
                "BQ.CO0010100.TX.*A000000001.TXT\r\nREG/MT0001XX",
                ".02. MESSAGE TYPE NOT ALLOWED TO DESTINATION"
            ),
            ("AM.CO0010100.TX.*A000000001.TXT\r\nHELLO", ".19. INVALID DESTINATION ORIs"),
            ("ER.CO0010100.TX.*A000000001.TXT\r\nHELLO", "ER"),
        ])
    func errors(_ text: String, _ expected: String) throws {
        var world = World()
        world.open(1)
        world.send(text)
        let answer = try #require(world.messages().first)
        #expect(answer.key == .er && answer.origin.description == "NL0000000")
        #expect(answer.text.contains(expected), "\(answer.text)")
        #expect(world.entries("operations").count == 1)
        #expect(world.acknowledged == [1])
        let entry = try world.entries("operations")[0].encode()
        #expect(!String(decoding: entry, as: UTF8.self).contains("EXAMPLE"))
    }

    @Test(
        "an owner behind a link gets the question under the switch's own control value, and its answer is matched"
    )
    func ownerLink() throws {
        let oregon = MemberCode("OR")!
        let owner = LinkPermit(name: "OR", speaksFor: Speakers(), answersFor: [oregon])
        var world = World(owners: [oregon: .link("OR")], links: [World.terminal, owner])
        world.open(1)
        world.open(9, link: "OR", session: "oregon")
        world.send("DQ.CO0010100.OR.*A000000001.TXT\r\nOLN/X0000001")
        let forwarded = try #require(world.messages(to: 9).first)
        let control = try #require(forwarded.control)
        #expect(forwarded.key == .dq && control.description != "A000000001")
        // An answer that matches nothing is recorded and never delivered.
        world.send("DR.OROLN0000.CO0010100.*ZZZZZZZZZZ.TXT\r\nNAM/EXAMPLE,PAT Q", on: 9)
        #expect(world.messages().isEmpty && world.entries("operations").count == 1)
        world.send("DR.OROLN0000.CO0010100.*\(control).TXT\r\nNAM/EXAMPLE,PAT Q\r\nADR/1 EXAMPLE ST", on: 9)
        let answer = try #require(world.messages().first)
        #expect(answer.control?.description == "A000000001")
        #expect(answer.value("NAM") == "EXAMPLE,PAT Q")
        // The same answer again matches nothing any more.
        world.send("DR.OROLN0000.CO0010100.*\(control).TXT\r\nNAM/EXAMPLE,PAT Q", on: 9)
        #expect(world.messages().count == 1)
    }

    @Test(
        "an owner's text has no field group: it goes out whole only if everything that was asked for is let through",
        arguments: [
            ("CO0010100", "LIVES AT 1 EXAMPLE ST\r\n", ClosingEntry.Ending.release, " RELEASED "),
            ("DXCBP0100", "LIVES AT 1 EXAMPLE ST\r\n", .refusedOnAnswer, " REFUSED "),
            // An element that the taxonomy does not know may hold anything as well.
            ("DXCBP0100", "ODD/1 EXAMPLE ST\r\n", .refusedOnAnswer, " REFUSED "),
            ("DXCBP0100", "", .release, " RELEASED-IN-PART "),
        ])
    func ownersText(_ ori: String, _ text: String, _ ending: ClosingEntry.Ending, _ word: String) throws {
        let texas = MemberCode("TX")!
        let policy = try #require(
            ExampleWorld.read(
                """
                policy TX "Test" version 1 effective 2026-01-15
                share S "All" give everything to everybody law "none"
                withhold W "Addresses stay" keep address from federal law "none"
                """
            ).policy)
        let owner = LinkPermit(name: "owner", speaksFor: Speakers(), answersFor: [texas])
        var world = World(
            owners: [texas: .link("owner")], links: [World.terminal, owner], policies: [policy])
        world.open(1)
        world.open(9, link: "owner", session: "s")
        world.send("DQ.\(ori).TX.*A000000001.TXT\r\nOLN/X0000001")
        let control = try #require(world.messages(to: 9).first?.control)
        world.send(
            "DR.TXOLN0000.\(ori).*\(control).TXT\r\n\(text)NAM/EXAMPLE,PAT Q\r\nADR/1 EXAMPLE ST", on: 9)
        let told = try #require(world.messages().first)
        #expect(told.statusLine.contains(word) && world.closings("TX").map(\.ending) == [ending])
        let frame = String(decoding: world.frames.last!, as: UTF8.self)
        #expect(frame.contains("EXAMPLE ST") == (word == " RELEASED "))
        #expect(frame.contains("EXAMPLE,PAT") == (ending == .release))
    }

    @Test(
        "only the documented words alone are a negative answer; among others they are text, and never no record",
        arguments: [
            ("NOT ON FILE", ClosingEntry.Ending.release, 0), (" NOT ON\r\nFILE.", .release, 0),
            ("FILE NOT AVAILABLE", .noAnswer, 0), ("TEMPORARILY UNAVAILABLE", .noAnswer, 0),
            ("LICENCE VALID, WARRANTS NOT ON FILE", .release, 1),
            ("NOT ON FILE\r\nNAM/EXAMPLE,PAT Q", .release, 1),
        ])
    func negativeWords(_ text: String, _ ending: ClosingEntry.Ending, _ records: UInt64) throws {
        let texas = MemberCode("TX")!
        let owner = LinkPermit(name: "TX", speaksFor: Speakers(), answersFor: [texas])
        var world = World(owners: [texas: .link("TX")], links: [World.terminal, owner])
        world.open(1)
        world.open(9, link: "TX", session: "s")
        world.send(question)
        let control = try #require(world.messages(to: 9).first?.control)
        world.send("DR.TXOLN0000.CO0010100.*\(control).TXT\r\n\(text)", on: 9)
        #expect(world.closings("TX").map(\.ending) == [ending])
        #expect(world.closings("TX").map(\.records) == [records])
    }

    @Test("an owner whose link never came up is reported as no answer")
    func ownerDown() throws {
        let oregon = MemberCode("OR")!
        let owner = LinkPermit(name: "OR", speaksFor: Speakers(), answersFor: [oregon])
        var world = World(owners: [oregon: .link("OR")], links: [World.terminal, owner])
        world.open(1)
        world.send("DQ.CO0010100.OR.*A000000001.TXT\r\nOLN/X0000001")
        #expect(try #require(world.messages().first).statusLine.hasPrefix("COMITY 1 NO-ANSWER OR "))
    }
}
