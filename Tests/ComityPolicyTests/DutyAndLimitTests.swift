import ComityDirectory
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

private let everything = "share S \"All\" give everything to everybody law \"none\"\n"

private func policy(_ rules: String) throws -> CompiledPolicy {
    let read = ExampleWorld.read("policy WA \"Test\" version 1 effective 2026-01-15\n\(rules)")
    let policy = try #require(read.policy, "\(read.diagnostics)")
    return CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy)
}

/// Both judges, which must agree.
private func judge(_ policy: CompiledPolicy, _ facts: FactVector) -> Judgement {
    let judgement = policy.judgeQuestion(facts)
    #expect(
        judgement == Interpreter.judgeQuestion(facts, policy: policy.policy, taxonomy: ExampleWorld.taxonomy))
    return judgement
}

private func facts(when: String?, unless: String?, more: [Element] = []) -> FactVector {
    var elements = more
    if let when { elements.append(Element(prefix: "RSN", value: when)) }
    if let unless { elements.append(Element(prefix: "PUR", value: unless)) }
    return ExampleWorld.facts("DXFBI0100", elements: elements)
}

@Suite struct DutyAndLimitTests {
    /// Reason makes `when`, purpose makes `unless`: each true, false or unknown; and whether a restriction applies.
    private static let table: [(when: String?, unless: String?, applies: Bool)] = [
        ("N", "C", false), ("N", nil, true), ("N", "F", true),
        (nil, "C", false), (nil, nil, true), (nil, "F", true),
        ("F", "C", false), ("F", nil, false), ("F", "F", false),
    ]
    private static let condition = "when reason is N unless purpose is C law \"none\""

    @Test(
        "a requirement: nine rows, and what must be carried is there, missing or unreadable",
        arguments: table.indices)
    func require(row: Int) throws {
        let (when, unless, applies) = Self.table[row]
        let policy = try policy("\(everything) require R \"Paper\" carry paper is judicial \(Self.condition)")
        let paper = facts(when: when, unless: unless, more: [Element(prefix: "PAPER", value: "judicial")])
        #expect(judge(policy, paper).gate == .open)
        for text in ["administrative", "not readable"] {
            let without = facts(when: when, unless: unless, more: [Element(prefix: "PAPER", value: text)])
            let judgement = judge(policy, without)
            #expect(judgement.gate == (applies ? .refused : .open))
            #expect(judgement.missing(in: [policy.policy]).count == (applies ? 1 : 0))
        }
    }

    @Test("a duty: nine rows, and a refusal does not lift it", arguments: table.indices)
    func notify(row: Int) throws {
        let (when, unless, applies) = Self.table[row]
        let rule = "notify N \"Tell\" subject within 3 business-days after asked \(Self.condition)\n"
        for more in ["", "refuse R \"No\" from everybody law \"none\"\n"] {
            let policy = try policy(everything + rule + more)
            let judgement = judge(policy, facts(when: when, unless: unless))
            #expect(judgement.duties(in: [policy.policy]).map(\.rule.id) == (applies ? ["N"] : []))
            #expect(judgement.gate == (more.isEmpty ? .open : .refused))
        }
    }

    @Test("a limit: nine rows, within and over", arguments: table.indices)
    func limit(row: Int) throws {
        let (when, unless, applies) = Self.table[row]
        let facts = facts(when: when, unless: unless)
        let over = facts.exceeding([LimitName(owner: MemberCode("WA")!, rule: "L")])
        let other = facts.exceeding([LimitName(owner: MemberCode("OR")!, rule: "L")])
        for (beyond, gate) in [
            ("refuse", Gate.refused), ("hold desk \"D\" within 1 hour otherwise refuse", .held),
        ] {
            let policy = try policy(
                "\(everything) limit L \"Few\" at most 2 look-ups in a day for each agency otherwise \(beyond) \(Self.condition)"
            )
            #expect(judge(policy, facts).gate == .open)
            #expect(judge(policy, other).gate == .open)
            let judgement = judge(policy, over)
            #expect(judgement.gate == (applies ? gate : .open))
            #expect(
                judgement.holds(in: [policy.policy]).map(\.desk) == (applies && gate == .held ? ["D"] : []))
            // Whether it counts does not depend on whether it is exceeded.
            #expect(policy.counted(facts).map(\.limit.name.rule) == (applies ? ["L"] : []))
        }
    }

    @Test("several things are missed one by one, and the asker is told how to obtain an answer")
    func missing() throws {
        let policy = try policy(
            """
            \(everything)
            require R "Say why" carry reason, case-number, certification "No immigration use" version 2
              from everybody law "none"
            """)
        func told(_ ori: String, _ elements: [Element]) -> [String] {
            let facts = ExampleWorld.facts(ori, elements: elements)
            let explainer = Explainer(taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory)
            return explainer.explain(
                .init(
                    judgement: judge(policy, facts), facts: facts, policies: [policy.policy],
                    isDefault: false,
                    isAnswer: false, reference: nil), for: .asker
            ).lines.filter { $0.hasPrefix("To obtain it") }
        }
        let sign =
            "To obtain it: sign the certification \"No immigration use\", version 2, and keep it in force."
        #expect(
            told("DXICE0100", []) == [
                "To obtain it: state the stated reason.", "To obtain it: state the case number.", sign,
            ])
        let stated = [Element(prefix: "RSN", value: "V"), Element(prefix: "CASE", value: "1")]
        #expect(told("DXFBI0100", stated) == [sign])
        #expect(told("DXFBI0200", stated) == [])
    }

    @Test("events: a duty after a release ends with a refusal, and one after a paper needs a paper")
    func events() throws {
        let policy = try policy(
            """
            \(everything)
            notify A "Released" subject before released from everybody law "none"
            notify B "Refused" owner within 1 day after refused from everybody law "none"
            notify C "Paper" "Attorney General" within 3 days after paper-received from everybody law "none"
            refuse R "No" when reason is V law "none"
            """)
        func duties(_ elements: [Element]) -> [String] {
            judge(policy, ExampleWorld.facts("DXFBI0100", elements: elements))
                .duties(in: [policy.policy]).map(\.rule.id)
        }
        let traffic = Element(prefix: "RSN", value: "T")
        #expect(duties([traffic]) == ["A"])
        #expect(duties([]) == ["B"])
        #expect(duties([traffic, Element(prefix: "PAPER", value: "judicial")]) == ["A", "C"])
        // A paper that nobody can read may be one.
        #expect(duties([traffic, Element(prefix: "PAPER", value: "?")]) == ["A", "C"])
    }

    @Test("what a limit counts together")
    func keys() throws {
        func keys(_ scope: String, _ from: String, _ ori: String, behalf: String? = nil) throws -> [LimitKey]
        {
            let policy = try policy(
                "\(everything) limit L \"x\" at most 2 look-ups in a day for each \(scope) otherwise refuse from \(from) law \"none\""
            )
            let elements = behalf.map { [Element(prefix: "BEHALF", value: $0)] } ?? []
            return policy.counted(ExampleWorld.facts(ori, elements: elements)).map(\.key)
        }
        let ice = FamilyPath("US.DHS.ICE")!
        #expect(try keys("agency", "everybody", "DXICE0100") == [.agency(ORI("DXICE0100")!)])
        #expect(try keys("subject", "everybody", "DXICE0100") == [.subject])
        #expect(try keys("family", "family US.DHS.ICE, US.DOJ", "DXICE0100") == [.family(ice)])
        #expect(try keys("family", "family US.DHS.ICE", "DXSHERIF1") == [.family(ice)])
        #expect(try keys("family", "everybody", "DXICE0100") == [.family(FamilyPath("US.DHS.ICE.ERO")!)])
        #expect(
            try keys("agency", "family US.DHS.ICE", "DXFBI0100", behalf: "DXICE0100")
                == [.agency(ORI("DXICE0100")!)])
    }
}
