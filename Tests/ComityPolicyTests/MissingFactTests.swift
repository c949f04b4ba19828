import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite struct MissingFactTests {
    @Test(
        "guarantee 9: a missing or unknown fact never widens a judgement, on random policies without absence rules",
        arguments: 0..<2)
    func neverWidens(part: Int) {
        let number = Cases.number(20_000) / 2
        var run = Monotone(seed: 9 &+ UInt64(part))
        while run.cases < number, run.wider == nil { run.run(policies: 1, lookupsEach: 20) }
        #expect(run.wider == nil)
        #expect(run.cases >= number)
        #expect(run.changed * 50 > run.cases, "the random cases hardly ever depend on a fact")
        // What was left out is a small part of what was tried.
        #expect(run.rules.leftOut > 0 && run.rules.leftOut * 5 < run.rules.drawn, "\(run.rules)")
    }

    @Test("guarantee 9: what cannot be read is unknown or not stated")
    func malformed() {
        let taxonomy = ExampleWorld.taxonomy
        func value(_ fact: String, _ element: String, _ text: String) -> FactValue {
            ExampleWorld.facts("DXFBI0100", elements: [Element(prefix: element, value: text)])
                .value(at: taxonomy.position(ofFact: fact)!)
        }
        #expect(value("reason", "RSN", "  ") == .absent)
        #expect(value("reason", "RSN", "Q") == taxonomy.fact("reason")!.value("other"))
        #expect(value("paper", "PAPER", "golden") == .unknown)
        #expect(value("emergency", "EMERGENCY", "maybe") == .unknown)
        #expect(value("case-number", "CASE", " ") == taxonomy.fact("case-number")!.value("missing"))
        let twice = ExampleWorld.facts(
            "DXFBI0100",
            elements: [Element(prefix: "RSN", value: "N"), Element(prefix: "RSN", value: "V")])
        #expect(twice.value(at: taxonomy.position(ofFact: "reason")!) == .unknown)
    }

    @Test("a rule that names an absence is warned of, and then does widen")
    func absenceRule() throws {
        let read = ExampleWorld.read(
            """
            policy WA "Test" version 1 effective 2026-01-15
            share S "No reason, no questions" give identity to everybody when reason absent law "none"
            """)
        #expect(read.diagnostics.map(\.code) == ["opens-on-absence"])
        let policy = CompiledPolicy(try #require(read.policy), taxonomy: ExampleWorld.taxonomy)
        #expect(policy.judgeQuestion(ExampleWorld.facts("DXFBI0100")).gate == .open)
    }
}
