import ComityDirectory
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

private func policy(_ rules: String) throws -> CompiledPolicy {
    let read = ExampleWorld.read(
        "policy WA \"Test\" version 1 effective 2026-01-15\n\(rules)")
    let policy = try #require(read.policy, "\(read.diagnostics)")
    return CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy)
}

private let everything = "share S \"All\" give everything to everybody law \"none\"\n"

/// Both judges, which must agree.
private func gate(_ policy: CompiledPolicy, _ facts: FactVector) -> Gate {
    let judgement = policy.judgeQuestion(facts)
    #expect(
        judgement == Interpreter.judgeQuestion(facts, policy: policy.policy, taxonomy: ExampleWorld.taxonomy))
    return judgement.gate
}

@Suite struct SemanticsTests {
    /// Reason makes `when`, purpose makes `unless`: each true, false or unknown.
    private static let table: [(when: String?, unless: String?, restrictive: Bool, share: Bool)] = [
        ("N", "C", false, false), ("N", nil, true, false), ("N", "F", true, true),
        (nil, "C", false, false), (nil, nil, true, false), (nil, "F", true, false),
        ("F", "C", false, false), ("F", nil, false, false), ("F", "F", false, false),
    ]

    @Test("the truth table, all nine rows", arguments: table.indices)
    func truthTable(row: Int) throws {
        let (when, unless, restrictive, share) = Self.table[row]
        var elements: [Element] = []
        if let when { elements.append(Element(prefix: "RSN", value: when)) }
        if let unless { elements.append(Element(prefix: "PUR", value: unless)) }
        let facts = ExampleWorld.facts("DXFBI0100", elements: elements)
        let condition = "when reason is N unless purpose is C law \"none\""
        let refusing = try policy("\(everything) refuse R \"No\" \(condition)")
        #expect(gate(refusing, facts) == (restrictive ? .refused : .open))
        let sharing = try policy("share R \"Yes\" give identity \(condition)")
        #expect(gate(sharing, facts) == (share ? .open : .refused))
    }

    @Test("absent and given are always true or false")
    func absence() throws {
        let absent = ExampleWorld.facts("DXFBI0100")
        let given = ExampleWorld.facts("DXFBI0100", elements: [Element(prefix: "RSN", value: "V")])
        let policy = try policy(
            "\(everything) refuse R \"No\" from everybody when reason absent law \"none\"")
        #expect(gate(policy, absent) == .refused)
        #expect(gate(policy, given) == .open)
    }

    @Test("an unknown fact or its opposite is not simply true")
    func excludedMiddle() throws {
        let facts = ExampleWorld.facts("DXFBI0100")
        let policy = try policy(
            "share R \"Yes\" give identity to everybody when reason is N or not reason is N law \"none\"")
        #expect(gate(policy, facts) == .refused)
    }

    @Test("nothing is shared unless a rule says so")
    func nothingByDefault() throws {
        let policy = try policy("refuse R \"No\" from family US.DOJ law \"none\"")
        #expect(gate(policy, ExampleWorld.facts("DXCBP0100")) == .refused)
    }

    @Test("order of decision: refuse, then groups, then hold, then open")
    func orderOfDecision() throws {
        let hold =
            "hold H \"Wait\" from everybody desk \"Desk\" within 4 hours otherwise refuse law \"none\"\n"
        let facts = ExampleWorld.facts("DXFBI0100")
        #expect(gate(try policy(everything), facts) == .open)
        #expect(gate(try policy(everything + hold), facts) == .held)
        let keepAll = "withhold W \"None\" keep everything from everybody law \"none\"\n"
        #expect(gate(try policy(everything + hold + keepAll), facts) == .refused)
        let refuse = "refuse R \"No\" from everybody law \"none\"\n"
        #expect(gate(try policy(everything + hold + refuse), facts) == .refused)
    }

    @Test("a hold for a photo matches only when the photo is asked for")
    func holdForPhoto() throws {
        let policy = try policy(
            "\(everything) hold H \"Wait\" for photo from everybody desk \"D\" within 2 days otherwise release law \"none\""
        )
        #expect(gate(policy, ExampleWorld.facts("DXFBI0100")) == .open)
        let facts = ExampleWorld.facts("DXFBI0100", photo: true)
        #expect(gate(policy, facts) == .held)
        let holds = policy.judgeQuestion(facts).holds(in: [policy.policy])
        #expect(holds.map(\.desk) == ["D"])
        #expect(holds.map(\.seconds) == [172_800])
        #expect(holds.map(\.otherwise) == [.release])
    }

    @Test("a policy counts from its first day to the end of its last")
    func window() throws {
        let text = "policy WA \"Test\" version 1 effective 2026-02-01 until 2026-02-28\n\(everything)"
        let policy = CompiledPolicy(
            try #require(ExampleWorld.read(text).policy), taxonomy: ExampleWorld.taxonomy)
        func at(_ time: String) -> Gate {
            gate(policy, ExampleWorld.facts("DXFBI0100", at: Timestamp(time)!))
        }
        #expect(at("2026-01-31T23:59:59Z") == .refused)
        #expect(at("2026-02-01T00:00:00Z") == .open)
        #expect(at("2026-02-28T23:59:59Z") == .open)
        #expect(at("2026-03-01T00:00:00Z") == .refused)
    }

    @Test("on behalf of somebody is judged as both")
    func onBehalf() throws {
        let policy = try policy("\(everything) refuse R \"No\" from family US.DHS.ICE law \"none\"")
        func asking(for other: String) -> Gate {
            gate(policy, ExampleWorld.facts("DXFBI0100", elements: [Element(prefix: "BEHALF", value: other)]))
        }
        #expect(asking(for: "DXICE0100") == .refused)
        #expect(asking(for: "DXDEA0100") == .open)
        #expect(asking(for: "not an ID") == .refused)
        #expect(asking(for: "DXNOBODY0") == .refused)
    }

    @Test("nobody can claim that a paper is verified")
    func claimedPaper() throws {
        let policy = try policy(
            "\(everything) refuse R \"No\" from everybody unless paper is verified-judicial law \"none\"")
        let claim = ExampleWorld.facts("DXFBI0100", elements: [Element(prefix: "PAPER", value: "judicial")])
        let lie = ExampleWorld.facts(
            "DXFBI0100", elements: [Element(prefix: "PAPER", value: "verified-judicial")])
        #expect(gate(policy, claim) == .refused)
        #expect(gate(policy, lie) == .refused)
        let verified = claim.setting(
            "paper", to: ExampleWorld.taxonomy.fact("paper")!.value("verified-judicial")!,
            taxonomy: ExampleWorld.taxonomy)
        #expect(gate(policy, verified) == .open)
    }

    @Test("facts of the record: restrictions wait for the answer, shares count provisionally")
    func questionAndAnswer() throws {
        let policy = try policy(
            """
            share S "Adults" give identity to everybody when minor is no law "none"
            refuse R "Protected" from everybody when protected-person is yes law "none"
            """)
        let facts = ExampleWorld.facts("DXFBI0100")
        #expect(policy.judgeQuestion(facts).gate == .open)
        #expect(policy.judgeAnswer(facts).gate == .refused)
        func answer(_ record: [String: String]) -> Gate {
            policy.judgeAnswer(facts.adding(record: record, taxonomy: ExampleWorld.taxonomy)).gate
        }
        #expect(answer(["minor": "no", "protected-person": "no"]) == .open)
        #expect(answer(["minor": "no"]) == .refused)
        #expect(answer(["minor": "no", "protected-person": "yes"]) == .refused)
        #expect(answer(["minor": "yes", "protected-person": "no"]) == .refused)
        #expect(answer(["minor": "no", "protected-person": "nonsense"]) == .refused)
    }

    @Test("a share that mentions the record counts only if all else is true")
    func provisionalShare() throws {
        let policy = try policy(
            "share S \"Adults\" give identity to everybody when minor is no and reason is V law \"none\"")
        #expect(policy.judgeQuestion(ExampleWorld.facts("DXFBI0100")).gate == .refused)
        let facts = ExampleWorld.facts("DXFBI0100", elements: [Element(prefix: "RSN", value: "V")])
        #expect(policy.judgeQuestion(facts).gate == .open)
    }
}

@Suite struct AffiliationTests {
    private static let own = ExampleWorld.facts("DXICE0100")
    private static let tied = ExampleWorld.facts("DXSHERIF1")

    @Test("a share's grounds count the own family only")
    func shareWhen() throws {
        for clause in ["to family US.DHS.ICE", "when family US.DHS.ICE"] {
            let policy = try policy("share S \"x\" give identity \(clause) law \"none\"")
            #expect(gate(policy, Self.own) == .open)
            #expect(gate(policy, Self.tied) == .refused)
        }
    }

    @Test("a share's exception counts ties too")
    func shareUnless() throws {
        let policy = try policy(
            "share S \"x\" give identity to everybody unless family US.DHS.ICE law \"none\"")
        #expect(gate(policy, Self.own) == .refused)
        #expect(gate(policy, Self.tied) == .refused)
    }

    @Test("a restriction counts ties too")
    func restrictionWhen() throws {
        for clause in ["from family US.DHS.ICE", "when family US.DHS.ICE"] {
            let policy = try policy("\(everything) refuse R \"x\" \(clause) law \"none\"")
            #expect(gate(policy, Self.own) == .refused)
            #expect(gate(policy, Self.tied) == .refused)
        }
    }

    @Test("a restriction's exception counts the own family only")
    func restrictionUnless() throws {
        let policy = try policy(
            "\(everything) refuse R \"x\" from everybody unless family US.DHS.ICE law \"none\"")
        #expect(gate(policy, Self.own) == .open)
        #expect(gate(policy, Self.tied) == .refused)
    }

    @Test("a negation swaps the row")
    func negation() throws {
        let share = try policy("share S \"x\" give identity to not family US.DHS.ICE law \"none\"")
        #expect(gate(share, Self.tied) == .refused)
        let shareUnless = try policy(
            "share S \"x\" give identity to everybody unless not family US.DHS.ICE law \"none\"")
        #expect(gate(shareUnless, Self.tied) == .refused)
        #expect(gate(shareUnless, Self.own) == .open)
        let refuse = try policy("\(everything) refuse R \"x\" from not family US.DHS.ICE law \"none\"")
        #expect(gate(refuse, Self.tied) == .refused)
        #expect(gate(refuse, Self.own) == .open)
        let refuseUnless = try policy(
            "\(everything) refuse R \"x\" from everybody unless not family US.DHS.ICE law \"none\"")
        #expect(gate(refuseUnless, Self.tied) == .refused)
    }

    @Test("a tie counts only on the days on which it is in force")
    func dates() throws {
        let policy = try policy("\(everything) refuse R \"x\" from family US.DHS.ICE.HSI law \"none\"")
        func at(_ time: String) -> Gate {
            gate(policy, ExampleWorld.facts("DXSHERIF2", at: Timestamp(time)!))
        }
        #expect(at("2026-08-31T12:00:00Z") == .refused)
        #expect(at("2026-09-01T12:00:00Z") == .open)
    }
}
