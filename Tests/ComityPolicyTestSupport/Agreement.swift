public import ComityPolicy

/// Judges random look-ups by random policies with the compiled form and with the interpreter.
public struct Agreement {
    /// Judgements of questions by gate, those of all runs added up.
    public private(set) var gates: [Gate: Int] = [:]
    /// Look-ups judged: the question and the answer of each.
    public private(set) var cases = 0
    /// The first look-up that both judged differently, with its policy.
    public private(set) var difference: String?

    private let seed: UInt64
    private var policies: RandomPolicy
    private var lookups: RandomFacts

    public init(seed: UInt64) {
        self.seed = seed
        policies = RandomPolicy(seed: seed)
        lookups = RandomFacts(seed: seed &+ 1)
    }

    /// Tries so many look-ups on each of so many policies; ends at the first difference.
    public mutating func run(policies number: Int, lookupsEach: Int) {
        let taxonomy = ExampleWorld.taxonomy
        for _ in 0..<number {
            let policy = policies.next()
            let compiled = CompiledPolicy(policy, taxonomy: taxonomy)
            for _ in 0..<lookupsEach {
                let facts = lookups.next()
                let question = compiled.judgeQuestion(facts)
                let answer = compiled.judgeAnswer(facts)
                cases += 1
                gates[question.gate, default: 0] += 1
                guard question == Interpreter.judgeQuestion(facts, policy: policy, taxonomy: taxonomy),
                    answer == Interpreter.judgeAnswer(facts, policy: policy, taxonomy: taxonomy)
                else {
                    difference = "seed \(seed), case \(cases): \(facts)\n\(policy.text)"
                    return
                }
            }
        }
    }
}
