import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite struct MissingFactTests {
    /// The same look-up with one thing less known.
    private static func erasures(of facts: FactVector) -> [(name: String, facts: FactVector)] {
        let taxonomy = ExampleWorld.taxonomy
        var result: [(String, FactVector)] = []
        for fact in taxonomy.facts {
            result.append((fact.name, facts.setting(fact.name, to: .unknown, taxonomy: taxonomy)))
            if fact.source == .message {
                result.append((fact.name, facts.setting(fact.name, to: fact.ifNotStated, taxonomy: taxonomy)))
            }
        }
        func with(_ requester: Requester) -> FactVector {
            FactVector(
                owner: facts.owner, requester: requester, onBehalf: facts.onBehalf, values: facts.values,
                asked: facts.asked, at: facts.at, over: facts.over)
        }
        let asker = facts.requester
        result.append(("agency", with(Requester(unknown: asker.ori))))
        guard asker.isKnown else { return result }
        for part in 0..<6 {
            let less = Requester(
                ori: asker.ori, kind: part == 0 ? nil : asker.kind, state: part == 1 ? nil : asker.state,
                family: part == 2 ? nil : asker.family, affiliations: part == 3 ? nil : asker.affiliations,
                country: part == 4 ? nil : asker.country,
                certifications: part == 5 ? nil : asker.certifications, taxonomy: taxonomy)
            result.append(("agency part \(part)", with(less)))
        }
        result.append(
            (
                "on behalf",
                FactVector(
                    owner: facts.owner, requester: asker, onBehalf: .unreadable, values: facts.values,
                    asked: facts.asked, at: facts.at, over: facts.over)
            ))
        return result
    }

    @Test(
        "guarantee 9: a missing or unknown fact never widens a judgement, on random policies without absence rules"
    )
    func neverWidens() {
        let seed: UInt64 = 9
        var random = RandomPolicy(seed: seed, mayOpenOnAbsence: false)
        var lookups = RandomFacts(seed: seed)
        var stricter = 0
        for number in 0..<(Cases.number(480) / 8) {
            let policy = random.next()
            let compiled = CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy)
            for _ in 0..<8 {
                let facts = lookups.next()
                let question = compiled.judgeQuestion(facts)
                let answer = compiled.judgeAnswer(facts)
                for (name, less) in Self.erasures(of: facts) {
                    let lessQuestion = compiled.judgeQuestion(less)
                    let lessAnswer = compiled.judgeAnswer(less)
                    if lessQuestion != question { stricter += 1 }
                    guard lessQuestion.isNoWider(than: question), lessAnswer.isNoWider(than: answer) else {
                        Issue.record(
                            "seed \(seed), policy \(number), without \(name): \(facts)\n\(policy.text)")
                        return
                    }
                }
            }
        }
        #expect(stricter > 100, "the random cases hardly ever depend on a fact")
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
