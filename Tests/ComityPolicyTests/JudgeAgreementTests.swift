import ComityMessages
import ComityPolicy
import ComityPolicyTestSupport
import Testing

/// How many random policies and look-ups the agreement is tried on: 20,000 cases, or as many as
/// `COMITY_CASES` says.
private let lookupsEach = 200
private let policies = Cases.number(20_000) / lookupsEach

@Suite struct JudgeAgreementTests {
    @Test("the compiled form agrees with the interpreter on random cases, question and answer")
    func agreement() {
        let seed: UInt64 = 20_260_302
        var random = RandomPolicy(seed: seed)
        var lookups = RandomFacts(seed: seed &+ 1)
        let vectors = (0..<lookupsEach).map { _ in lookups.next() }
        var gates: [Gate: Int] = [:]
        for number in 0..<policies {
            let policy = random.next()
            let compiled = CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy)
            for facts in vectors {
                let question = compiled.judgeQuestion(facts)
                let answer = compiled.judgeAnswer(facts)
                gates[question.gate, default: 0] += 1
                guard
                    question
                        == Interpreter.judgeQuestion(facts, policy: policy, taxonomy: ExampleWorld.taxonomy),
                    answer == Interpreter.judgeAnswer(facts, policy: policy, taxonomy: ExampleWorld.taxonomy)
                else {
                    Issue.record("seed \(seed), policy \(number): \(facts)\n\(policy.text)")
                    return
                }
            }
        }
        for gate in [Gate.open, .held, .refused] {
            #expect(
                gates[gate, default: 0] * 100 > policies * lookupsEach, "random cases hardly reach \(gate)")
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
