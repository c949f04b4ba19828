import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite struct MeetTests {
    /// Judgements of several policies, so that parts of different policies meet.
    private static let judgements: [Judgement] = {
        var random = RandomPolicy(seed: 99)
        var lookups = RandomFacts(seed: 98)
        let policies = (0..<8).map { _ in CompiledPolicy(random.next(), taxonomy: ExampleWorld.taxonomy) }
        var result: [Judgement] = []
        for index in 0..<40 {
            let facts = lookups.next()
            result.append(policies[index % 8].judgeQuestion(facts))
            result.append(
                policies[index % 8].judgeAnswer(facts).meet(policies[(index + 1) % 8].judgeQuestion(facts)))
        }
        return result
    }()

    @Test("meet is idempotent") func idempotent() {
        for a in Self.judgements { #expect(a.meet(a) == a) }
    }

    @Test("meet is commutative") func commutative() {
        for a in Self.judgements.prefix(60) {
            for b in Self.judgements.prefix(60) where a.meet(b) != b.meet(a) { Issue.record("\(a)\n\(b)") }
        }
    }

    @Test("meet is associative") func associative() {
        let some = Self.judgements.prefix(20)
        for a in some {
            for b in some {
                for c in some where a.meet(b).meet(c) != a.meet(b.meet(c)) {
                    Issue.record("\(a)\n\(b)\n\(c)")
                }
            }
        }
    }

    @Test("meet is monotone: never wider than either, and a wider part never makes it stricter")
    func monotone() {
        let some = Self.judgements.prefix(20)
        for a in some {
            for b in some {
                let met = a.meet(b)
                #expect(met.isNoWider(than: a) && met.isNoWider(than: b))
                for c in some where b.isNoWider(than: c) && !met.isNoWider(than: a.meet(c)) {
                    Issue.record("\(a)\n\(b)\n\(c)")
                }
            }
        }
    }

    @Test("refused exactly when nothing is let through") func refusedIsNothing() {
        for a in Self.judgements {
            for b in Self.judgements { #expect((a.meet(b).gate == .refused) == a.meet(b).groups.isEmpty) }
        }
    }

    @Test("two desks must both approve") func twoDesks() throws {
        func policy(_ id: String) throws -> CompiledPolicy {
            let text = """
                policy WA "Test" version 1 effective 2026-01-15
                share S "All" give everything to everybody law "none"
                hold \(id) "Wait" from everybody desk "\(id)" within 1 hour otherwise refuse law "none"
                """
            return CompiledPolicy(
                try #require(ExampleWorld.read(text).policy), taxonomy: ExampleWorld.taxonomy)
        }
        let (one, two) = (try policy("ONE"), try policy("TWO"))
        let facts = ExampleWorld.facts("DXFBI0100")
        let met = one.judgeQuestion(facts).meet(two.judgeQuestion(facts))
        #expect(met.holds(in: [one.policy, two.policy]).map(\.desk) == ["ONE", "TWO"])
    }
}
