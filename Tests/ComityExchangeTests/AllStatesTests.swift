import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite("A question to all states")
struct AllStatesTests {
    private let question = "DQ.CO0010100.NL.*A000000001.TXT\r\nOLN/X0000001"

    /// A policy in one line, for an owner.
    private static func policy(_ owner: String, _ rules: String) -> Policy {
        let text = """
            policy \(owner) "Made up"
            version 1   effective 2026-01-15   taxonomy 2026.2

            share \(owner)-1 "All for police"
              give everything
              to everybody
              law "None, made up"

            \(rules)
            """
        let (policy, diagnostics) = PolicyLanguage.read(
            text, file: owner, taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
        precondition(policy != nil, "\(diagnostics.map(\.message))")
        return policy!
    }

    private static func refusing(_ owner: String) -> Policy {
        policy(owner, "refuse \(owner)-2 \"Nobody\"\n  from everybody\n  law \"None, made up\"\n")
    }

    private static func holding(_ owner: String) -> Policy {
        policy(
            owner,
            "hold \(owner)-2 \"All looked at\"\n  from everybody\n  desk \"State desk\" within 4 hours otherwise refuse\n"
                + "  law \"None, made up\"\n")
    }

    private static let refusers = ["AL", "CA", "FL", "OH", "WY"]
    private static let holders = ["GA", "ME"]
    private static let down = ["IA", "KS", "UT"]

    /// 51 owners: five refuse, two hold, three are down, one answers late; one has a record.
    private func country() -> World {
        var world = World(
            policies: Self.refusers.map(Self.refusing) + Self.holders.map(Self.holding)
                + World.tables.states.map(\.description)
                .filter { !(Self.refusers + Self.holders).contains($0) }.map { Self.policy($0, "") })
        world.open(1)
        world.answersAtOnce = false
        return world
    }

    private func ask(_ world: inout World, late: String) throws -> Ask {
        world.send(question)
        var lateOne: Ask?
        for ask in world.asked {
            switch ask.owner.description {
            case late: lateOne = ask
            case let owner where Self.down.contains(owner): break
            case "TX": world.answer(.records([World.record]), for: ask.lookup)
            default: world.answer(.records([]), for: ask.lookup)
            }
        }
        return try #require(lateOne)
    }

    @Test(
        "51 owners, five refuse, two hold, three are down, one answers late: the merged answer lists exactly that"
    )
    func country51() throws {
        var world = country()
        let late = try ask(&world, late: "NV")
        #expect(world.messages().isEmpty, "nothing before the time, while somebody may still answer")
        #expect(world.asked.count == 44)
        world.wait(.seconds(60))
        #expect(world.messages().count == 1)
        let merged = try world.merged()
        func those(_ status: ExpectedAnswer.Status) -> [String] {
            merged.answers.filter { $0.status == status }.map(\.owner.description)
        }
        #expect(merged.answers.count == 51)
        #expect(those(.refused) == Self.refusers)
        #expect(those(.held) == Self.holders)
        #expect(those(.noAnswer) == Self.down.dropLast() + ["NV", "UT"])
        #expect(those(.released) == ["TX"])
        #expect(those(.notOnFile).count == 51 - 5 - 2 - 4 - 1)
        #expect(merged.sections.keys.map(\.description) == ["TX"])
        #expect(merged.sections[MemberCode("TX")!]?.contains("  OLN X0000001") == true)
        #expect(merged.answers.first { $0.owner.description == "AL" }?.rule == "AL-2")
        // The late one comes singly, and says that it is late.
        world.answer(.records([World.record]), for: late.lookup)
        let last = try #require(world.messages().last)
        #expect(world.messages().count == 2)
        #expect(last.statusLine.hasPrefix("COMITY 1 RELEASED NV "))
        #expect(last.text.contains("\nLATE: "))
        // Those that are down for good are closed, and nobody is told twice.
        world.wait(.seconds(200))
        #expect(world.messages().count == 2)
        for owner in World.tables.states.map(\.description) {
            let isHeld = Self.holders.contains(owner)
            #expect(world.closings(owner).count == (isHeld ? 0 : 1), "\(owner)")
        }
        #expect(world.closings("IA").map(\.ending) == [.noAnswer])
        #expect(world.closings("AL").map(\.ending) == [.refusedOnQuestion])
        #expect(world.exchange.openLookups == 2)
        // The desks' time passes: each held one is told singly.
        world.wait(.seconds(4 * 3600))
        #expect(world.messages().count == 4)
        #expect(world.exchange.openLookups == 0)
    }

    @Test("the merged answer goes out as soon as everybody has said something")
    func soon() throws {
        var world = World(policies: World.tables.states.map { Self.policy($0.description, "") })
        world.open(1)
        world.send(question)
        let merged = try world.merged()
        #expect(merged.answers.allSatisfy { $0.status == .released } && merged.answers.count == 51)
        // Fifty-one records do not fit into one message: the others come singly, and none is missing.
        let single = world.messages().dropFirst().compactMap { StatusLine($0.statusLine)?.owner }
        #expect(Set(merged.sections.keys).isDisjoint(with: single))
        #expect(merged.sections.count + single.count == 51)
        #expect(world.exchange.openLookups == 0)
    }

    @Test(
        "after a crash before the merged answer every owner is asked again, and each answer comes by itself, once"
    )
    func crash() throws {
        var world = country()
        _ = try ask(&world, late: "NV")
        #expect(World.tables.states.allSatisfy { world.closings($0.description).isEmpty })
        var next = country()
        next.answersAtOnce = true
        next.source = { _ in .records([]) }
        next.takeUp(world.remains(keeping: world.appends.count))
        next.open(7)
        let told = next.messages(to: 7).compactMap { StatusLine($0.statusLine) }
        #expect(told.count == 51 - Self.holders.count && Set(told.map(\.owner)).count == told.count)
        #expect(told.filter { $0.outcome == .refused }.map(\.owner.description).sorted() == Self.refusers)
        #expect(next.closings("AL").map(\.ending) == [.refusedOnQuestion])
        #expect(next.exchange.heldLookups == Self.holders.count)
    }

    @Test("states that the switch does not serve are named as not asked")
    func notAsked() throws {
        var world = World(
            owners: [MemberCode("TX")!: .records, MemberCode("CA")!: .link("nowhere")], policies: [])
        world.open(1)
        world.send(question)
        let merged = try world.merged()
        #expect(merged.answers.count == 51)
        #expect(merged.answers.filter { $0.status == .notAsked }.count == 49)
        #expect(merged.answers.first { $0.owner.description == "CA" }?.status == .noAnswer)
    }

    @Test(
        "a region is asked like all states, each state once; those not served are named, and owners see the plain key"
    )
    func region() throws {
        let region = try #require(World.tables.regions.first)
        let codes = region.members.map(World.tables.canonical)
        let (first, second) = (try #require(codes.first), try #require(codes.dropFirst().first))
        var world = World(
            owners: [first: .records, second: .link("owner")],
            links: [
                World.terminal,
                LinkPermit(name: "owner", speaksFor: Speakers(), answersFor: [second]),
            ], policies: [])
        world.open(1)
        world.open(2, link: "owner", session: "o1")
        world.source = { _ in .records([]) }
        world.send("DQG.CO0010100.\(region.code).\(first).*A000000001.TXT\r\nNAM/SAMPLE,PAT.DOB/19700101")
        let forwarded = try #require(world.frames.first)
        let text = String(decoding: forwarded, as: UTF8.self)
        #expect(text.hasPrefix("DQ.CO0010100") && text.contains(second.description), "\(text)")
        world.wait(.seconds(61))
        let merged = try world.merged()
        #expect(merged.answers.map(\.owner) == codes.sorted())
        #expect(merged.answers.first { $0.owner == first }?.status == .notOnFile)
        #expect(merged.answers.first { $0.owner == second }?.status == .noAnswer)
        #expect(merged.answers.filter { $0.status == .notAsked }.count == codes.count - 2)
    }

    @Test("all refuse at once: one message, in the append of the questions")
    func allRefuse() throws {
        var world = World(policies: World.tables.states.map { Self.refusing($0.description) })
        world.open(1)
        world.send(question)
        #expect(world.appends.count == 1 && world.messages().count == 1 && world.asked.isEmpty)
        let merged = try world.merged()
        #expect(merged.answers.allSatisfy { $0.status == .refused })
        for owner in World.tables.states.map(\.description) {
            #expect(world.closings(owner).map(\.question) == [0], "\(owner)")
        }
    }

    @Test("an answer whose lines and first line disagree is not read")
    func unreadable() {
        let text = "COMITY 1 MERGED 2 RELEASED 1 NO-ANSWER 1\nTX RELEASED A91C-03BF-77E0-12AB\n"
        #expect(MergedAnswer.read(text + "WA NO-ANSWER A91C-03BF-77E0-12AC") != nil)
        #expect(MergedAnswer.read(text + "WA NOT-ON-FILE A91C-03BF-77E0-12AC") == nil)
        #expect(MergedAnswer.read(text) == nil)
    }
}

extension World {
    /// The first message to the asker, which must be a merged answer.
    fileprivate func merged() throws -> MergedAnswer.Reading {
        let first = try #require(messages().first)
        return try #require(MergedAnswer.read(first.text))
    }
}
