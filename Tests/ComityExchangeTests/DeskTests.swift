import ComityExchange
import ComityLedger
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite("Desks decide what is held")
struct DeskTests {
    private static func policy(_ rules: String...) -> Policy {
        let text = """
            policy WA "Made up"
            version 1   effective 2026-01-15   taxonomy 2026.2

            share WA-1 "All for everybody"
              give everything
              to everybody
              law "None, made up"

            \(rules.joined(separator: "\n"))
            """
        let (policy, diagnostics) = PolicyLanguage.read(
            text, file: "WA", taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
        precondition(policy != nil, "\(diagnostics.map(\.message))")
        return policy!
    }

    private static func hold(
        _ id: String, desk: String, people: String = "", otherwise: String = "refuse"
    ) -> String {
        """
        hold WA-\(id) "Looked at first"
          from everybody
          desk "\(desk)" \(people) within 4 hours otherwise \(otherwise)
          law "None, made up"

        """
    }

    private func set(_ groups: FieldGroup...) -> FieldGroupSet { FieldGroupSet(groups) }

    private static let oneDesk = policy(hold("2", desk: "State desk"))
    private static let twoDesks = policy(hold("2", desk: "State desk"), hold("3", desk: "Legal desk"))

    private static let twoPeople = policy(hold("2", desk: "State desk", people: "with two people"))

    /// `State desk 0 of 1`
    private func standings(_ world: World) -> [String]? {
        world.exchange.heldLookupsNow().first.map { $0.desks.map(\.words) }
    }

    private func waits(_ outcome: DeskOutcome) -> [String]? {
        if case .waitsFor(let desks) = outcome { desks.map(\.words) } else { nil }
    }

    private func held(_ policy: Policy = oneDesk) throws -> (world: World, reference: Reference) {
        var world = World(policies: [policy])
        world.open(1)
        world.send("DQ.CO0010100.WA.*A000000001.TXT\r\nIMQ/Y.OLN/X0000001")
        let card = try #require(world.exchange.heldLookupsNow().first)
        return (world, card.reference)
    }

    private func approval(
        _ reference: Reference, desk: String? = nil, groups: FieldGroupSet? = nil,
        by reviewer: String = "SAMPLE REVIEWER"
    ) -> DeskDecision {
        DeskDecision(
            reference: reference, desk: desk, decision: .approve, groups: groups, reason: .courtOrder,
            reviewer: reviewer, note: "ORDER 1 EXAMPLE")
    }

    private func refusal(_ reference: Reference, desk: String? = nil) -> DeskDecision {
        DeskDecision(
            reference: reference, desk: desk, decision: .refuse, reason: .notAuthorised,
            reviewer: "SAMPLE REVIEWER")
    }

    @Test(
        "what waits is listed with its desk, its time and the most that can be released, and without a person"
    )
    func listed() throws {
        let (world, reference) = try held()
        let card = try #require(world.exchange.heldLookupsNow().first)
        #expect(card.reference == reference && card.desks.map(\.words) == ["State desk 0 of 1"])
        #expect(card.until - card.received == .seconds(4 * 3600) && card.fallback == "refuse")
        #expect(card.releasable.contains(.photo) && card.rules == ["WA-2"])
        #expect(!"\(card)".contains("X0000001"))
        #expect(world.exchange.heldLookupsNow(of: MemberCode("TX")!).isEmpty)
    }

    @Test("an approval is recorded before the record is asked for, and the answer comes after its own entry")
    func approve() throws {
        var (world, reference) = try held()
        world.confirmsAtOnce = false
        #expect(try world.decide(approval(reference)) == .approved)
        #expect(world.asked.isEmpty && world.reviews("WA").isEmpty)
        world.confirm()
        #expect(world.asked.count == 1 && world.reviews("WA").count == 1 && world.messages().count == 1)
        world.confirm()
        let answer = try #require(world.messages().last)
        #expect(answer.statusLine.hasPrefix("COMITY 1 RELEASED WA "))
        #expect(answer.text.contains("Looked at and released by State desk."))
        #expect(answer.elements.contains { $0.prefix == "IMG" })
        let review = try #require(world.reviews("WA").first)
        #expect(review.decision == .approve && review.reason == .courtOrder && review.missing == 0)
        #expect(world.closings("WA").map(\.ending) == [.release])
        #expect(world.exchange.openLookups == 0)
    }

    @Test("a desk may release less than the policy lets through, and not more")
    func lessNotMore() throws {
        var (world, reference) = try held()
        let groups = set(.licence, .status)
        #expect(try world.decide(approval(reference, groups: groups)) == .approved)
        let answer = try #require(world.messages().last)
        #expect(answer.statusLine.hasPrefix("COMITY 1 RELEASED-IN-PART WA "))
        #expect(Set(answer.elements.map(\.prefix)) == ["OLN", "STATUS"])
        #expect(world.closings("WA").map(\.given) == [groups.rawValue])

        let withheld = Self.policy(
            Self.hold("2", desk: "State desk"),
            "withhold WA-4 \"Photos stay\"\n  keep photo\n  from everybody\n  law \"None\"\n")
        var (other, second) = try held(withheld)
        let most = try #require(other.exchange.heldLookupsNow().first).releasable
        #expect(!most.contains(.photo) && most.contains(.licence))
        #expect(throws: DeskFault.notReleasable(set(.photo), most: most)) {
            _ = try other.decide(approval(second, groups: set(.photo)))
        }
        #expect(other.reviews("WA").isEmpty && other.exchange.heldLookups == 1)
    }

    @Test("a refusal of the desk is recorded with its closing, and the asker is told which desk and why")
    func refuse() throws {
        var (world, reference) = try held()
        #expect(try world.decide(refusal(reference)) == .refused)
        #expect(world.asked.isEmpty)
        #expect(world.closings("WA").map(\.ending) == [.refusedByDesk])
        let answer = try #require(world.messages().last)
        #expect(answer.statusLine.hasPrefix("COMITY 1 REFUSED WA "))
        #expect(answer.text.contains("State desk of WA") && answer.text.contains("may not have it"))
        #expect(throws: DeskFault.notHeld) { _ = try world.decide(refusal(reference)) }
        world.wait(.seconds(5 * 3600))
        #expect(world.messages().count == 2)
    }

    @Test("two desks must both approve, each once; one refusal is enough")
    func twoDesks() throws {
        var (world, reference) = try held(Self.twoDesks)
        #expect(throws: DeskFault.severalDesks(["State desk", "Legal desk"])) {
            _ = try world.decide(approval(reference))
        }
        #expect(throws: DeskFault.otherDesk(asked: ["State desk", "Legal desk"])) {
            _ = try world.decide(approval(reference, desk: "Front desk"))
        }
        let first = approval(reference, desk: "Legal desk", groups: set(.licence, .photo))
        #expect(try waits(world.decide(first)) == ["State desk 0 of 1"])
        #expect(throws: DeskFault.decidedAlready(waitsFor: ["State desk"])) { _ = try world.decide(first) }
        #expect(world.asked.isEmpty)
        #expect(standings(world) == ["State desk 0 of 1", "Legal desk 1 of 1"])
        #expect(throws: DeskFault.nothingToRelease) {
            _ = try world.decide(approval(reference, desk: "State desk", groups: set(.address)))
        }
        let second = approval(reference, groups: set(.licence, .status))
        #expect(try world.decide(second) == .approved)
        #expect(world.closings("WA").map(\.given) == [set(.licence).rawValue])

        var (other, another) = try held(Self.twoDesks)
        _ = try other.decide(approval(another, desk: "Legal desk"))
        #expect(try other.decide(refusal(another)) == .refused)
        #expect(other.asked.isEmpty && other.closings("WA").map(\.ending) == [.refusedByDesk])
    }

    @Test(
        "approval is judged again under the policy now in force: what became stricter meanwhile is not released"
    )
    func judgedAgain() throws {
        var (world, reference) = try held()
        let strict = Self.policy("refuse WA-5 \"Nobody any more\"\n  from everybody\n  law \"None\"\n")
        let compiled = CompiledPolicy(
            strict, taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
        world.exchange.rulebook.set(.policy(compiled), for: MemberCode("WA")!)
        #expect(try world.decide(approval(reference)) == .refusedByPolicy)
        #expect(world.asked.isEmpty && world.closings("WA").map(\.ending) == [.refusedOnAnswer])
    }

    @Test("a crash at any time after a desk approved a part releases that part and no more, once")
    func crash() throws {
        var (world, reference) = try held(Self.twoDesks)
        _ = try world.decide(approval(reference, desk: "Legal desk", groups: set(.licence, .photo)))
        let afterFirst = world.appends.count
        world.answersAtOnce = false
        _ = try world.decide(approval(reference))
        let afterSecond = world.appends.count
        for (kept, isDecided) in [(afterFirst, false), (afterSecond, true)] {
            var next = World(policies: [Self.twoDesks])
            next.takeUp(world.remains(keeping: kept))
            next.open(7)
            if !isDecided {
                #expect(standings(next) == ["State desk 0 of 1", "Legal desk 1 of 1"])
                #expect(try next.decide(approval(reference)) == .approved)
            }
            #expect(next.closings("WA").map(\.given) == [set(.licence, .photo).rawValue])
            #expect(next.exchange.openLookups == 0)
        }
    }

    @Test(
        "two people of one desk must both approve, whatever the capitals of a name; one refusal is enough, also after an approval"
    )
    func twoPeople() throws {
        var (world, reference) = try held(Self.twoPeople)
        #expect(standings(world) == ["State desk 0 of 2"])
        let first = approval(reference, groups: set(.licence, .photo), by: "A. SAMPLE")
        #expect(try waits(world.decide(first)) == ["State desk 1 of 2"])
        for name in ["A. SAMPLE", "a.  Sample "] {
            #expect(throws: DeskFault.samePerson(desk: "State desk")) {
                _ = try world.decide(approval(reference, by: name))
            }
        }
        #expect(world.asked.isEmpty && world.reviews("WA").map(\.missing) == [1])
        #expect(try world.decide(approval(reference, by: "B. SAMPLE")) == .approved)
        #expect(world.reviews("WA").map(\.missing) == [1, 0])
        #expect(world.closings("WA").map(\.given) == [set(.licence, .photo).rawValue])
        #expect(world.messages().last?.text.contains("released by 2 people of State desk.") == true)

        var (other, another) = try held(Self.twoPeople)
        _ = try other.decide(approval(another, by: "A. SAMPLE"))
        #expect(try other.decide(refusal(another)) == .refused)
        #expect(other.asked.isEmpty && other.closings("WA").map(\.ending) == [.refusedByDesk])
    }

    @Test("after a crash between two people of one desk the first is still known, and his mark tells no name")
    func crashBetweenTwo() throws {
        var (world, reference) = try held(Self.twoPeople)
        _ = try world.decide(approval(reference, groups: set(.licence), by: "A. SAMPLE"))
        var next = World(policies: [Self.twoPeople])
        next.takeUp(world.remains(keeping: world.appends.count))
        next.open(7)
        #expect(throws: DeskFault.samePerson(desk: "State desk")) {
            _ = try next.decide(approval(reference, by: "A. SAMPLE"))
        }
        #expect(try next.decide(approval(reference, by: "B. SAMPLE")) == .approved)
        #expect(next.closings("WA").map(\.given) == [set(.licence).rawValue])
        // At another look-up the same person has another mark.
        let marks = world.appends.flatMap(\.held).flatMap(\.approvals).map(\.person)
        var (other, second) = try held(Self.twoPeople)
        other.send("DQ.CO0010100.WA.*A000000002.TXT\r\nIMQ/Y.OLN/X0000002")
        let both = other.exchange.heldLookupsNow().map(\.reference)
        #expect(both.count == 2 && both.contains(second))
        for one in both { _ = try other.decide(approval(one, by: "A. SAMPLE")) }
        let others = other.appends.flatMap(\.held).flatMap(\.approvals).map(\.person)
        #expect(marks.count == 1 && others.count == 2 && Set(others).count == 2)
    }

    @Test("a rule for one person and a rule for two at the same desk ask for two")
    func oneAndTwo() throws {
        let (world, _) = try held(
            Self.policy(
                Self.hold("2", desk: "State desk"),
                Self.hold("3", desk: "State desk", people: "with two people")))
        #expect(standings(world) == ["State desk 0 of 2"])
    }

    @Test("a decision without a name, or with a note too long, changes nothing")
    func limits() throws {
        var (world, reference) = try held()
        let nobody = DeskDecision(reference: reference, decision: .refuse, reason: .other, reviewer: "")
        #expect(throws: DeskFault.noReviewer) { _ = try world.decide(nobody) }
        let long = DeskDecision(
            reference: reference, decision: .refuse, reason: .other, reviewer: "A",
            note: String(repeating: "x", count: 2001))
        #expect(throws: DeskFault.tooLong("the note", limit: 2000)) { _ = try world.decide(long) }
        #expect(world.exchange.heldLookups == 1 && world.reviews("WA").isEmpty)
    }
}

extension DeskStanding {
    fileprivate var words: String { "\(desk) \(approvals) of \(people)" }
}
