public import ComityDirectory
import ComityMessages

/// Running the tests that stand in a policy file.
public enum PolicyTests {
    /// What became of one test.
    public struct Result: Hashable, Sendable {
        /// The test's title.
        public let title: String
        /// The line of the file on which it begins.
        public let line: Int
        /// What was expected and did not come, in words; empty if it passed.
        public let failures: [String]
        /// Whether everything came as expected.
        public var passed: Bool { failures.isEmpty }
    }

    /// Runs every test of a policy, in the order of the file.
    public static func run(_ policy: Policy, taxonomy: Taxonomy, directory: Directory) -> [Result] {
        let compiled = CompiledPolicy(policy, taxonomy: taxonomy)
        return policy.tests.map { test in
            var judgement = compiled.judgeQuestion(test.facts)
            if test.hasRecord { judgement = judgement.meet(compiled.judgeAnswer(test.facts)) }
            let failures = test.expectations.flatMap { check($0, judgement, policy, taxonomy) }
            return Result(title: test.title, line: test.line, failures: failures)
        }
    }

    private static func check(
        _ expectation: PolicyTest.Expectation, _ judgement: Judgement, _ policy: Policy, _ taxonomy: Taxonomy
    ) -> [String] {
        switch expectation {
        case .gate(let gate, let rules):
            let decided = judgement.decidedBy(in: policy).places.map { policy.rules[$0].id }
            var failures: [String] = []
            if judgement.gate != gate {
                failures.append(
                    "expected \(gate.word), got \(judgement.gate.word)"
                        + (decided.isEmpty
                            ? " with no rule that shares it" : " by \(decided.joined(separator: ", "))"))
            }
            for rule in rules where judgement.gate == gate && !decided.contains(rule) {
                failures.append(
                    "expected \(gate.word) by \(rule), got it by \(decided.joined(separator: ", "))")
            }
            return failures
        case .released(let groups):
            guard judgement.groups != groups else { return [] }
            return ["expected released: \(groups.words); got: \(judgement.groups.orNothing)"]
        case .duty(let rules):
            let due = judgement.duties(in: [policy]).map(\.rule.id)
            return rules.filter { !due.contains($0) }.map { rule in
                "expected the duty \(rule); got: \(due.isEmpty ? "none" : due.joined(separator: ", "))"
            }
        case .noDuty(let rules):
            let due = judgement.duties(in: [policy]).map(\.rule.id)
            return rules.filter(due.contains).map { "expected no duty \($0), but it is due" }
        case .missing(let things):
            let missing = judgement.missing(in: [policy])
            let words = Words(taxonomy: taxonomy)
            let got = missing.isEmpty ? "nothing" : missing.map { words.naming($0) }.joined(separator: ", ")
            return things.filter { !missing.contains($0) }.map { thing in
                "expected missing: \(words.naming(thing)); got: \(got)"
            }
        case .withheld(let groups, let rules):
            var failures: [String] = []
            if !groups.isSubset(of: judgement.withheld) {
                failures.append("expected withheld: \(groups.words); got: \(judgement.withheld.orNothing)")
            }
            let withholding = judgement.part(policy)?.withholding.places.map { policy.rules[$0] } ?? []
            for id in rules where !withholding.contains(where: { $0.id == id }) {
                failures.append("expected withheld by \(id)")
            }
            return failures
        }
    }
}

extension FieldGroupSet {
    /// The groups as words, or `nothing`.
    var orNothing: String { isEmpty ? "nothing" : words }
}
