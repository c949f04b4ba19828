import ComityDirectory
import ComityExchange
import ComityMessages
import ComityNode
import ComityPolicy
import ComitySimulation
import Testing

@Suite("The story of the demo, asked for real")
struct StoryTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let who: String
        let owner: String
        let outcome: String
        let rule: String
        /// Words that the answer must hold.
        let words: [String]
        let testDescription: String
    }

    static let cases = [
        Case(
            who: "DXICE0100", owner: "WA", outcome: "REFUSED", rule: "WA-2", words: ["RCW 46.20.118"],
            testDescription: "immigration enforcement is refused by Washington, with rule and law"),
        Case(
            who: "DXCBP0100", owner: "WA", outcome: "RELEASED-IN-PART", rule: "", words: [],
            testDescription: "customs, its sister agency, is answered"),
        Case(
            who: "DXSHERIF1", owner: "WA", outcome: "REFUSED", rule: "WA-2", words: ["RCW 46.20.118"],
            testDescription: "a deputised sheriff is refused like the partner"),
        Case(
            who: "DXICE0100", owner: "TX", outcome: "RELEASED", rule: "", words: [],
            testDescription: "Texas answers immigration enforcement"),
        Case(
            who: "DXNOBODY1", owner: "TX", outcome: "RELEASED-IN-PART", rule: "", words: [],
            testDescription: "Texas answers even an agency that nobody knows, down to the floor"),
        Case(
            who: "DXICE0100", owner: "AZ", outcome: "RELEASED-IN-PART", rule: "",
            words: ["no decision on file"],
            testDescription: "a state without a policy answers by the default and says so"),
    ]

    @Test("Each asks a licence look-up and gets what the story says", arguments: cases)
    func story(_ story: Case) throws {
        let folder = try Folder()
        var world = try World(in: folder)
        let answers = try world.ask(story.who, story.owner)
        #expect(answers.count == 1)
        let answer = try #require(answers.first)
        let first = try #require(answer.text.split(separator: "\n").first.map(String.init))
        #expect(first.hasPrefix("COMITY 1 \(story.outcome) \(story.owner) "))
        #expect(first.hasSuffix(story.rule))
        for words in story.words { #expect(answer.text.lowercased().contains(words.lowercased())) }
        // Who is refused gets no element at all; who is answered gets the licence number back.
        #expect((answer.value("OLN") != nil) == (story.outcome != "REFUSED"))
        if story.owner == "WA" { #expect(answer.value("ADR") == nil) }
    }

    @Test("Asking on behalf of immigration enforcement does not help")
    func behalf() throws {
        let folder = try Folder()
        var world = try World(in: folder)
        let answers = try world.ask("DXCBP0100", "WA", with: [Element(prefix: "BEHALF", value: "DXICE0100")])
        let text = answers.first?.text ?? ""
        #expect(text.hasPrefix("COMITY 1 REFUSED WA "))
    }

    @Test("A photo for another state is held, and refused when nobody decides in time")
    func held() throws {
        let folder = try Folder()
        var world = try World(in: folder)
        let agency = try #require(
            world.data.directory.agencies.first { $0.member == MemberCode("OR")! && $0.kind == .city })
        let held = try world.ask(
            agency.ori.description, "WA", with: [Element(prefix: "IMQ", value: "Y")])
        let text = held.first?.text ?? ""
        #expect(text.hasPrefix("COMITY 1 HELD-FOR-REVIEW WA "))
        try world.simulated.advance(to: world.now + .seconds(4 * 3600 - 60))
        #expect(world.simulated.takeDelivered().isEmpty)
        try world.simulated.advance(to: world.now + .seconds(4 * 3600 + 60))
        let late = world.simulated.takeDelivered()
        #expect(late.count == 1)
        let told = String(decoding: late.first?.bytes ?? [], as: UTF8.self)
        #expect(told.contains("COMITY 1 REFUSED WA "))
    }

    @Test("An owner that says nothing runs out of time, and the asker is told")
    func silence() throws {
        let folder = try Folder()
        var world = try World(in: folder)
        world.simulated.silent = [MemberCode("TX")!]
        #expect(try world.ask("DXFBI0100", "TX").isEmpty)
        try world.simulated.advance(to: world.now + .seconds(31))
        let late = world.simulated.takeDelivered()
        #expect(late.count == 1)
        let told = String(decoding: late.first?.bytes ?? [], as: UTF8.self)
        #expect(told.contains("COMITY 1 NO-ANSWER TX "))
    }
}
