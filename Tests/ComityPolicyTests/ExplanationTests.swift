import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite struct ExplanationTests {
    private func explain(
        _ facts: FactVector, _ name: String, for audience: Explanation.Audience, isDefault: Bool = false
    ) -> Explanation {
        let policy = ExampleWorld.policy(name)
        let judgement = CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy).judgeQuestion(facts)
        return Explainer(taxonomy: ExampleWorld.taxonomy, directory: ExampleWorld.directory).explain(
            .init(
                judgement: judgement, facts: facts, policies: [policy], isDefault: isDefault, isAnswer: false,
                reference: "7F3K-92QD"), for: audience)
    }

    @Test("a refusal tells the asker what, why, how to obtain it and the reference")
    func refusal() {
        let explanation = explain(ExampleWorld.facts("DXICE0100"), "WA", for: .asker)
        #expect(
            explanation.lines == [
                "Washington did not release identity, description, address, licence, status, ssn, document, safety.",
                "Because of rule WA-2 \"No records for immigration enforcement\" (RCW 46.20.118; RCW 10.93.160).",
                "To obtain it: the court paper is judicial.",
                "Reference 7F3K-92QD.",
            ])
        #expect(explanation.gate == "refused")
        #expect(explanation.notMatched.isEmpty)
    }

    @Test("the owner also sees what did not match, and the fact that made the difference")
    func owner() {
        let explanation = explain(ExampleWorld.facts("DXCBP0100"), "WA", for: .owner)
        #expect(explanation.decidingRules.map(\.id) == ["WA-1"])
        #expect(explanation.alsoMatched.map(\.id) == ["WA-3", "WA-6"])
        #expect(explanation.duties.map(\.rule.id) == ["WA-6"])
        let because = Dictionary(
            uniqueKeysWithValues: explanation.notMatched.map { ($0.rule.id, $0.because) })
        #expect(because["WA-2"] == "the agency is not in the family US.DHS.ICE")
        #expect(because["WA-4"] == "nothing that it is about was asked for")
        #expect(because["WA-5"] == "it waits for the record")
        #expect(explanation.fieldsWithheld.first { $0.field == "address" }?.rule?.id == "WA-3")
    }

    @Test("a state without a policy: no decision on file")
    func noDecision() {
        let explanation = explain(
            ExampleWorld.facts("DXICE0100", owner: "OR"), "network-default", for: .asker, isDefault: true)
        #expect(!explanation.decisionOnFile)
        #expect(explanation.lines.contains { $0.hasPrefix("No decision on file: Oregon") })
    }

    @Test("no value of the question stands in an explanation")
    func noPersonalValue() {
        let facts = ExampleWorld.facts(
            "DXICE0100",
            elements: [
                Element(prefix: "ATN", value: "OFC ZZTESTER"), Element(prefix: "CASE", value: "ZZ-2026-77"),
                Element(prefix: "OLN", value: "ZZ0000001"), Element(prefix: "BEHALF", value: "ZZPERSON"),
            ])
        for audience in [Explanation.Audience.owner, .asker] {
            #expect(!"\(explain(facts, "WA", for: audience))".contains("ZZ"))
        }
    }
}
