import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicyTestSupport
import Testing

@Suite("Searches of the archive: look-ups of owners' ledgers, facts alone")
struct ArchiveTests {
    static let colorado = InquiryTests.colorado
    static let line = "2026-11-01T15:00:00Z CO0010100 DQ DRIVER-BY-NUMBER RELEASED A91C-03BF-77E0-12AB"

    static func nlq(_ rest: String, from: String = colorado, end: String = "20261102", find: String = "FND/*")
        -> String
    {
        "NLQ.\(from).NL.*N1.TXT\r\nTYP/DQ,AM.\(rest)BEG/20261101.END/\(end).\(find)"
    }

    static func world() -> World {
        var world = InquiryTests.world()
        world.source = { ask in ask.archive == nil ? .fileNotAvailable : .entries([line], isCut: false) }
        return world
    }

    @Test(
        "an agency searches for its own member's questions: notice, question, judgement, access, closing, answer"
    )
    func own() throws {
        var world = Self.world()
        world.send(Self.nlq("DST/OR."))
        let told = world.messages(to: 1)
        #expect(told.map(\.key.description) == ["NLR", "NLR"])
        #expect(told.first?.text == "RECEIVED AND QUEUED")
        let lines = told[1].text.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("COMITY 1 RELEASED OR "))
        #expect(lines[1].hasPrefix("FACTS ONLY"))
        #expect(lines[2] == "SKIPPED: 1 of TYP, which are no look-ups.")
        #expect(lines.last == Self.line)
        #expect(told.allSatisfy { $0.control == ControlField("N1") && $0.origin == ORI("NL0000000")! })
        let kinds = world.entries("OR").map(\.kind)
        #expect(kinds == [.question, .access, .closing])
        #expect(world.questions("OR").first?.key == "NLQ")
        #expect(world.closings("OR").first?.ending == .release)
        #expect(world.closings("OR").first?.given == 0)
        let search = try #require(world.asked.first?.archive)
        #expect(search.askers == .member(MemberCode("CO")!))
        #expect(search.keys == [.dq])
        #expect(search.from == Timestamp("2026-11-01T07:00:00Z")!)
        #expect(search.to == Timestamp("2026-11-03T07:00:00Z")!)
    }

    @Test("whose questions are found: one's own in another's ledger, everybody's in one's own")
    func scope() throws {
        var world = Self.world()
        world.send(Self.nlq("DST/OR."))
        world.send(Self.nlq("DST/CO."))
        world.send(Self.nlq("SRC/\(InquiryTests.oregon).DST/CO."))
        world.send(Self.nlq("SRC/CO.DST/OR."))
        let searches = world.asked.compactMap(\.archive)
        #expect(searches.count == 4 && world.reasons.isEmpty)
        let own = try #require(searches.first)
        #expect(own.fits(agency: Self.colorado, key: "DQ"))
        #expect(!own.fits(agency: InquiryTests.oregon, key: "DQ"))
        #expect(!own.fits(agency: Self.colorado, key: "RQ"))
        #expect(searches[1].askers == .everybody && searches[1].fits(agency: InquiryTests.oregon, key: "DQ"))
        #expect(searches[2].askers == .agency(ORI(InquiryTests.oregon)!))
        #expect(!searches[2].fits(agency: Self.colorado, key: "DQ"))
    }

    @Test(
        "what is refused before any ledger is searched",
        arguments: [
            ("SRC/OR.DST/OR.", "20261102", "FND/*", "archive-of-another"),
            ("SRC/OR.", "20261102", "FND/*", "archive-of-another"),
            ("DST/OR.", "20261102", "NAM/EXAMPLE", "archive-sealed"),
            ("DST/OR.", "20261031", "FND/*", "archive-period"),
            ("DST/XX0010100.", "20261102", "FND/*", "archive-owner-unknown"),
        ])
    func refused(rest: String, end: String, find: String, why: String) {
        var world = Self.world()
        world.send(Self.nlq(rest, end: end, find: find))
        #expect(world.reasons == [why])
        #expect(world.messages(to: 1).map(\.key) == [.er])
        #expect(world.asked.isEmpty && world.questions("OR").isEmpty)
    }

    @Test("keys of which none is a look-up, and a sender whom the directory does not know")
    func unfit() {
        var world = Self.world()
        world.send("NLQ.\(Self.colorado).NL.TXT\r\nTYP/AM,SM.BEG/20261101.END/20261102.FND/X")
        world.send(Self.nlq("DST/OR.", from: "ZZ0000000"), on: 3)
        #expect(world.reasons == ["archive-types", "archive-requester-unknown"])
    }

    @Test(
        "the owner's policy judges a search like any look-up: who is refused learns it, and nothing is searched"
    )
    func judged() throws {
        var world = Self.world()
        // Texas shares nothing of the kind with anybody outside its rules.
        let outsider = try #require(
            ExampleWorld.directory.agencies.first { $0.kind == .other && $0.member == MemberCode("CO")! })
        world.send(Self.nlq("DST/OR.", from: outsider.ori.description))
        #expect(world.asked.isEmpty)
        #expect(world.closings("OR").map(\.ending) == [.refusedOnQuestion])
        #expect(world.messages(to: 1).last?.statusLine.hasPrefix("COMITY 1 REFUSED OR ") == true)
        #expect(!world.entries("OR").contains { $0.kind == .access })
    }

    @Test("without DST the ledgers of all owners are searched, and the answer names each")
    func all() throws {
        var world = Self.world()
        world.send(Self.nlq(""))
        let told = world.messages(to: 1).map(\.text)
        let merged = try #require(told.compactMap(MergedAnswer.read).first)
        #expect(merged.answers.map(\.owner) == World.tables.states)
        // What does not fit into the merged answer comes in messages of its own.
        let released = merged.answers.filter { $0.status == .released }.map(\.owner)
        let singly = told.filter { $0.hasPrefix("COMITY 1 RELEASED ") }
        #expect(Set(merged.sections.keys).count + singly.count == released.count && released.count > 40)
        #expect(
            (Array(merged.sections.values) + singly.map { [$0] }).allSatisfy { $0.last!.hasSuffix(Self.line) }
        )
    }

    @Test("an owner that judges for itself has its ledger elsewhere: it is not searched here")
    func elsewhere() throws {
        var world = InquiryTests.world { $0.gateways = [MemberCode("OR")!] }
        world.source = { _ in .entries([], isCut: false) }
        world.send(Self.nlq("DST/OR."))
        #expect(world.reasons == ["archive-elsewhere"])
        world.send(Self.nlq("").replacing("*N1", with: "*N2"))
        let merged = try #require(
            world.messages(to: 1).map(\.text).compactMap(MergedAnswer.read).first)
        #expect(merged.answers.filter { $0.status == .notAsked }.map(\.owner) == [MemberCode("OR")!])
        #expect(world.questions("OR").isEmpty)
    }

    @Test("one look-up is found by its reference, and its message stays sealed")
    func one() throws {
        var world = Self.world()
        world.send("NFQ.\(Self.colorado).NL.*N2.TXT\r\nDST/OR.REF/A91C-03BF-77E0-12AB")
        let answer = try #require(world.messages(to: 1).last)
        #expect(answer.key.description == "NFR" && answer.text.contains(Self.line))
        #expect(answer.text.contains("messages are sealed"))
        #expect(world.asked.first?.archive?.reference == Reference("A91C-03BF-77E0-12AB"))
        world.send("NFQ.\(Self.colorado).NL.*N3.TXT\r\nDST/OR.REF/XXXX-03BF-77E0-12AB")
        #expect(world.reasons == ["archive-reference"])
    }

    @Test("a record source that answers a question for records with entries releases nothing")
    func uncut() {
        var world = InquiryTests.world()
        world.source = { _ in .entries(["ADR 1 EXAMPLE ST"], isCut: false) }
        world.send("DQ.\(Self.colorado).OR.*N1.TXT\r\nOLN/X0000001")
        #expect(world.messages(to: 1).last?.text.contains("FILE NOT AVAILABLE") == true)
        #expect(!world.frames.contains { String(decoding: $0, as: UTF8.self).contains("EXAMPLE ST") })
    }

    @Test("words are looked for in the line of facts: all of them, or one")
    func words() throws {
        var world = Self.world()
        world.send(Self.nlq("DST/OR.", find: "FND/dq.AND/REFUSED"))
        world.send(Self.nlq("DST/OR.", find: "FND/REFUSED.ORR/RELEASED"))
        let searches = world.asked.compactMap(\.archive)
        #expect(searches.map { $0.fits(line: Self.line) } == [false, true])
    }
}
