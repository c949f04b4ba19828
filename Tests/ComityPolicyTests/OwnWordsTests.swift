import ComityDirectory
import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

private let everything = "share S \"All\" give everything to everybody law \"none\"\n"

private func policy(_ rules: String, header: String = "") throws -> CompiledPolicy {
    let read = ExampleWorld.read("policy WA \"Test\" version 1 effective 2026-01-15 \(header)\n\(rules)")
    let policy = try #require(read.policy, "\(read.diagnostics)")
    return CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy)
}

@Suite struct CertificationTests {
    private static func gate(_ condition: String, _ ori: String, on day: String = "2026-03-02") throws -> Gate
    {
        let policy = try policy("share S \"x\" give identity to everybody when \(condition) law \"none\"")
        let facts = ExampleWorld.facts(ori, at: Day(day)!.start)
        #expect(
            policy.judgeQuestion(facts)
                == Interpreter.judgeQuestion(
                    facts, policy: policy.policy, taxonomy: ExampleWorld.taxonomy))
        return policy.judgeQuestion(facts).gate
    }

    @Test("a certification is in force, expired, never given or revoked, by name and version of the text")
    func standings() throws {
        let text = "certification \"No immigration use\""
        #expect(try Self.gate("\(text) is in-force", "DXDEA0100") == .open)
        #expect(try Self.gate("\(text) version 2 is in-force", "DXDEA0100") == .open)
        #expect(try Self.gate("\(text) version 2 is in-force", "DXFBI0100") == .refused)
        #expect(try Self.gate("\(text) is expired", "DXSHERIF2") == .open)
        #expect(try Self.gate("\(text) is in-force", "DXSHERIF2", on: "2025-12-31") == .refused)
        #expect(try Self.gate("\(text) is revoked", "DXTASKF01") == .open)
        #expect(try Self.gate("\(text) in never, expired", "DXICE0100") == .open)
        #expect(try Self.gate("not \(text) is never", "DXNOBODY0") == .refused)
    }

    @Test("recorded certifications are read back")
    func recorded() throws {
        let facts = ExampleWorld.facts("DXTASKF01")
        #expect(facts.requester.certifications?.map(\.description) == ["revoked 2 No immigration use"])
        #expect(facts.requester.country == "US")
        #expect(FactVector(codes: facts.codes, owner: facts.owner, taxonomy: ExampleWorld.taxonomy) == facts)
    }

    @Test("a country is that of the agency's member; of an unknown agency it is unknown")
    func country() throws {
        #expect(try Self.gate("country US", "DXFBI0100") == .open)
        #expect(try Self.gate("country US", "DXNOBODY0") == .refused)
    }
}

@Suite struct TreatmentTests {
    @Test("an owner counts an offence into a class, or out of it, for its own policy only")
    func treatments() throws {
        func refuses(_ offence: String, _ treat: String) throws -> Bool {
            let policy = try policy(
                "\(treat)\n\(everything) refuse R \"x\" when offence is immigration law \"none\"")
            let facts = ExampleWorld.facts(
                "DXFBI0100", elements: [Element(prefix: "OFFENCE", value: offence)])
            return policy.judgeQuestion(facts).gate == .refused
        }
        #expect(try refuses("immigration-entry", ""))
        #expect(try !refuses("immigration-entry", "treat immigration-entry as not immigration"))
        #expect(try refuses("immigration-civil", "treat immigration-entry as not immigration"))
        #expect(try !refuses("fraud", ""))
        #expect(try refuses("fraud", "treat fraud as immigration"))
    }

    @Test("a class from which everything was taken out is an error")
    func empty() {
        let text =
            "policy WA \"Test\" version 1 effective 2026-01-15\ntreat immigration-entry as not immigration\n"
            + "treat immigration-civil as not immigration\nrefuse R \"x\" when offence is immigration law \"l\""
        #expect(ExampleWorld.read(text).diagnostics.contains { $0.code == "empty-set" })
    }
}

@Suite struct NeutralFormTests {
    private func explained(_ policy: CompiledPolicy, _ record: [String: String]) -> Explanation {
        let facts = ExampleWorld.facts("DXFBI0100").adding(record: record, taxonomy: ExampleWorld.taxonomy)
        let judgement = policy.judgeQuestion(facts).meet(policy.judgeAnswer(facts))
        return Explainer(taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory).explain(
            .init(
                judgement: judgement, facts: facts, policies: [policy.policy], isDefault: false,
                isAnswer: true,
                reference: "7F3K-92QD"), for: .asker)
    }

    @Test("a refusal that rests on the record is told as if there were none, where the owner wants it so")
    func neutral() throws {
        let rule = "refuse R \"Protected\" from everybody when protected-person is yes"
        let plain = explained(try policy("\(everything)\(rule) law \"none\""), ["protected-person": "yes"])
        #expect(!plain.isNeutral)
        #expect(plain.gate == "refused")
        for policy in [
            try policy("\(everything)\(rule) answer as not-on-file law \"none\""),
            try policy("\(everything)\(rule) law \"none\"", header: "record-refusals as not-on-file"),
        ] {
            let told = explained(policy, ["protected-person": "yes"])
            #expect(told.isNeutral)
            #expect(told.lines == ["No record is available for release.", "Reference 7F3K-92QD."])
            #expect(told.gate == "open" && told.decidingRules.isEmpty && told.fieldsWithheld.isEmpty)
            #expect(!explained(policy, ["protected-person": "no"]).isNeutral)
        }
    }

    @Test("a refusal by another rule is told as what it is")
    func other() throws {
        let policy = try policy(
            "refuse R \"No\" from family US.DOJ law \"none\"\n\(everything)",
            header: "record-refusals as not-on-file")
        #expect(!explained(policy, ["protected-person": "yes"]).isNeutral)
    }
}

@Suite struct BusinessHoursTests {
    private func hours(_ owner: String, _ time: String) -> String? {
        ExampleWorld.taxonomy.clock?.hours(of: MemberCode(owner)!, at: Timestamp(time)!)?.rawValue
    }

    @Test(
        "business hours are the owner's own, in winter and in summer",
        arguments: [
            ("WA", "2026-03-02T15:59:59Z", "after-hours"), ("WA", "2026-03-02T16:00:00Z", "business-hours"),
            ("WA", "2026-07-01T15:00:00Z", "business-hours"), ("WA", "2026-07-01T14:59:59Z", "after-hours"),
            ("NY", "2026-03-02T13:00:00Z", "business-hours"),
            ("AZ", "2026-07-01T15:00:00Z", "business-hours"),
            ("AZ", "2026-07-01T14:30:00Z", "after-hours"), ("HI", "2026-07-04T20:00:00Z", "weekend"),
            // Friday evening in Washington is Saturday in UTC.
            ("WA", "2026-03-07T00:30:00Z", "business-hours"), ("WA", "2026-03-07T01:00:00Z", "after-hours"),
            ("WA", "2026-03-07T09:00:00Z", "weekend"), ("GM", "2026-03-01T23:00:00Z", "business-hours"),
        ])
    func hours(owner: String, time: String, expected: String) {
        #expect(hours(owner, time) == expected)
    }

    @Test("clocks change at two on the second Sunday of March and the first of November")
    func summerTime() {
        let clock = LocalClock(
            businessDays: [1, 2, 3, 4, 5, 6, 7], begins: 3 * 60, ends: 4 * 60,
            summerTime: .init(firstMonth: 3, firstSunday: 2, lastMonth: 11, lastSunday: 1, hour: 2),
            zones: [MemberCode("NY")!: .init(name: "Eastern", minutes: -300, hasSummerTime: true)])
        func isOpen(_ time: String) -> Bool {
            clock.hours(of: MemberCode("NY")!, at: Timestamp(time)!) == .business
        }
        // 8 March 2026: 06:59Z is 01:59 in winter time, 07:00Z is 03:00 in summer time.
        #expect(!isOpen("2026-03-08T06:59:59Z"))
        #expect(isOpen("2026-03-08T07:00:00Z"))
        // 1 November 2026: clocks are set back at 06:00Z; 07:00Z is 02:00, 08:00Z is 03:00 in winter time.
        #expect(!isOpen("2026-11-01T07:59:59Z"))
        #expect(isOpen("2026-11-01T08:00:00Z"))
        #expect(!isOpen("2026-11-01T05:59:59Z"))
        #expect(isOpen("2026-10-31T07:30:00Z"))
    }

    @Test("an owner without a zone has unknown hours, which makes rules stricter")
    func unknown() throws {
        let policy = try policy(
            "share S \"x\" give identity to everybody when time is business-hours law \"none\"")
        let open = ExampleWorld.facts("DXFBI0100", at: Timestamp("2026-03-02T20:00:00Z")!)
        #expect(policy.judgeQuestion(open).gate == .open)
        #expect(
            policy.judgeQuestion(ExampleWorld.facts("DXFBI0100", at: Timestamp("2026-03-02T02:00:00Z")!)).gate
                == .refused)
        let nowhere = ExampleWorld.facts("DXFBI0100", owner: "DX", at: Timestamp("2026-03-02T20:00:00Z")!)
        #expect(policy.judgeQuestion(nowhere).gate == .refused)
    }
}
