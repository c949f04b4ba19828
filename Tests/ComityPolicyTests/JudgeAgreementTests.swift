import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

@Suite struct JudgeAgreementTests {
    /// Look-ups tried on each policy: reading a policy costs as much as many judgements.
    private static let lookupsEach = 500
    /// Parts of one number of cases, each with policies of its own, so that they run side by side.
    private static let parts = 4

    @Test(
        "the compiled form agrees with the interpreter on random cases, question and answer",
        arguments: 0..<parts)
    func agreement(part: Int) {
        let policies = Cases.number(100_000) / Self.lookupsEach / Self.parts
        var run = Agreement(seed: 20_260_302 &+ UInt64(part))
        run.run(policies: policies, lookupsEach: Self.lookupsEach)
        #expect(run.difference == nil)
        #expect(run.cases == policies * Self.lookupsEach)
        for gate in [Gate.open, .held, .refused] {
            #expect(run.gates[gate, default: 0] * 100 > run.cases, "random cases hardly reach \(gate)")
        }
    }

    @Test("a policy with more than 64 rules of every kind and many tests is judged the same")
    func wide() {
        let seed: UInt64 = 77
        var random = RandomPolicy(seed: seed)
        var lookups = RandomFacts(seed: seed)
        for number in 0..<2 {
            let policy = random.next(rules: 70...90)
            let compiled = CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy)
            for _ in 0..<200 {
                let facts = lookups.next()
                #expect(
                    compiled.judgeAnswer(facts)
                        == Interpreter.judgeAnswer(facts, policy: policy, taxonomy: ExampleWorld.taxonomy),
                    "seed \(seed), policy \(number)")
            }
        }
    }

    @Test("a policy with more than 64 rules is judged the same, and its last rules are named")
    func manyRules() throws {
        var text = "policy WA \"Many\"\nversion 1   effective 2026-01-01\n"
        for number in 0..<40 {
            let state = ["WA", "OR", "TX", "NY"][number % 4]
            text += "share S-\(number) \"A\"\n  give identity, photo\n  to state \(state)\n  law \"None\"\n"
            text += "refuse R-\(number) \"A\"\n  from family US.DOJ\n  when paper is none\n  law \"None\"\n"
            text += "withhold W-\(number) \"A\"\n  keep photo\n  from federal\n  law \"None\"\n"
        }
        let read = ExampleWorld.read(text)
        let policy = try #require(read.policy, "\(read.diagnostics)")
        let compiled = CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy)
        var lookups = RandomFacts(seed: 99)
        var last = 0
        for _ in 0..<1000 {
            let facts = lookups.next()
            let answer = compiled.judgeAnswer(facts)
            #expect(
                answer == Interpreter.judgeAnswer(facts, policy: policy, taxonomy: ExampleWorld.taxonomy))
            last = max(last, answer.matched(in: policy).places.last ?? 0)
        }
        #expect(last > 110)
    }

    @Test("recorded facts give the same judgement without the directory")
    func codes() throws {
        let seed: UInt64 = 4711
        var random = RandomPolicy(seed: seed)
        var lookups = RandomFacts(seed: seed)
        for number in 0..<15 {
            let compiled = CompiledPolicy(random.next(), taxonomy: ExampleWorld.taxonomy)
            for _ in 0..<100 {
                let facts = lookups.next()
                let again = try #require(
                    FactVector(codes: facts.codes, owner: facts.owner, taxonomy: ExampleWorld.taxonomy))
                #expect(again == facts, "seed \(seed), policy \(number)")
                #expect(compiled.judgeQuestion(again) == compiled.judgeQuestion(facts))
                #expect(compiled.judgeAnswer(again) == compiled.judgeAnswer(facts))
            }
        }
    }

    @Test("recorded facts that were damaged are refused or read, and never trap")
    func damagedCodes() {
        var lookups = RandomFacts(seed: 5)
        for _ in 0..<50 {
            let codes = lookups.next().codes
            for index in codes.indices {
                for other in [FactCode.absent, .number(.max), .text("?"), .texts(["a.b"])] {
                    var damaged = codes
                    damaged[index] = other
                    _ = FactVector(codes: damaged, owner: .network, taxonomy: ExampleWorld.taxonomy)
                }
                let short = Array(codes.prefix(index))
                #expect(FactVector(codes: short, owner: .network, taxonomy: ExampleWorld.taxonomy) == nil)
            }
        }
    }

    @Test("a real question is recorded and judged again with the same result")
    func realQuestion() throws {
        let facts = ExampleWorld.facts(
            "DXSHERIF1",
            elements: [Element(prefix: "BEHALF", value: "DXICE0100"), Element(prefix: "RSN", value: "V")])
        let again = try #require(
            FactVector(codes: facts.codes, owner: facts.owner, taxonomy: ExampleWorld.taxonomy))
        #expect(again == facts)
        let policy = CompiledPolicy(ExampleWorld.policy("WA"), taxonomy: ExampleWorld.taxonomy)
        #expect(policy.judgeQuestion(again).gate == .refused)
    }
}
