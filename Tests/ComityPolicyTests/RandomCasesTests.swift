import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite("The random cases on which agreement and monotonicity are tried")
struct RandomCasesTests {
    @Test("every construct of the language comes up in 400 random policies")
    func policies() {
        var random = RandomPolicy(seed: 1)
        var missing = Constructs.ofPolicies
        for _ in 0..<400 where !missing.isEmpty { missing.subtract(Constructs.seen(in: random.next())) }
        #expect(missing.isEmpty, "never seen: \(missing.sorted())")
    }

    @Test("every value of every fact comes up in 3,000 random look-ups, and so does what is not known")
    func lookups() {
        var random = RandomFacts(seed: 1)
        var missing = Constructs.ofLookups
        for _ in 0..<3000 where !missing.isEmpty { missing.subtract(Constructs.seen(in: random.next())) }
        #expect(missing.isEmpty, "never seen: \(missing.sorted())")
    }
}
