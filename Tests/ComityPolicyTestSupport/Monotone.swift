import ComityDirectory
import ComityMessages
import ComityPolicy

/// Takes away what is known, one thing at a time, from random look-ups, and looks whether a judgement gets wider.
///
/// Rules that the checker says open on an absence are left out of the policies, and counted.
public struct Monotone {
    /// Look-ups tried.
    public private(set) var lookups = 0
    /// Cases: one look-up with one thing less known.
    public private(set) var cases = 0
    /// Cases in which the judgement became another.
    public private(set) var changed = 0
    /// Rules that were drawn, and those of them that were left out because they name an absence.
    public var rules: (drawn: Int, leftOut: Int) { (policies.drawn, policies.leftOut) }
    /// The first case that became wider, with its policy.
    public private(set) var wider: String?

    private let seed: UInt64
    private var policies: RandomPolicy
    private var facts: RandomFacts

    public init(seed: UInt64) {
        self.seed = seed
        policies = RandomPolicy(seed: seed, mayOpenOnAbsence: false)
        facts = RandomFacts(seed: seed &+ 1)
    }

    /// Tries so many look-ups on each of so many policies, each without every single thing that it knows; ends at
    /// the first that becomes wider.
    public mutating func run(policies number: Int, lookupsEach: Int) {
        for _ in 0..<number {
            let policy = policies.next()
            let compiled = CompiledPolicy(policy, taxonomy: ExampleWorld.taxonomy)
            for _ in 0..<lookupsEach {
                let full = facts.next()
                lookups += 1
                let question = compiled.judgeQuestion(full)
                let answer = compiled.judgeAnswer(full)
                for (name, less) in Self.erasures(of: full) {
                    let lessQuestion = compiled.judgeQuestion(less)
                    let lessAnswer = compiled.judgeAnswer(less)
                    cases += 1
                    if lessQuestion != question || lessAnswer != answer { changed += 1 }
                    guard lessQuestion.isNoWider(than: question), lessAnswer.isNoWider(than: answer) else {
                        wider = "seed \(seed), case \(cases), without \(name): \(full)\n\(policy.text)"
                        return
                    }
                }
            }
        }
    }

    /// The same look-up with one thing less known, for each thing that is known.
    static func erasures(of facts: FactVector) -> [(name: String, facts: FactVector)] {
        let taxonomy = ExampleWorld.taxonomy
        var result: [(String, FactVector)] = []
        for (position, fact) in taxonomy.facts.enumerated() {
            var less = [FactValue.unknown]
            if fact.source == .message { less.append(fact.ifNotStated) }
            for value in less where value != facts.values[position] {
                result.append((fact.name, facts.setting(fact.name, to: value, taxonomy: taxonomy)))
            }
        }
        for (name, less) in erasures(of: facts.requester) {
            result.append((name, facts.with(less, onBehalf: facts.onBehalf)))
        }
        switch facts.onBehalf {
        case .unreadable: break
        case .nobody: result.append(("on behalf", facts.with(facts.requester, onBehalf: .unreadable)))
        case .agency(let other):
            result.append(("on behalf", facts.with(facts.requester, onBehalf: .unreadable)))
            for (name, less) in erasures(of: other) {
                result.append(("on behalf: \(name)", facts.with(facts.requester, onBehalf: .agency(less))))
            }
        }
        return result
    }

    private static func erasures(of asker: Requester) -> [(name: String, requester: Requester)] {
        guard asker.isKnown else { return [] }
        var result = [("agency", Requester(unknown: asker.ori))]
        func without(_ part: String, _ isKnown: Bool) {
            guard isKnown else { return }
            let less = Requester(
                ori: asker.ori, kind: part == "kind" ? nil : asker.kind,
                state: part == "state" ? nil : asker.state, family: part == "family" ? nil : asker.family,
                affiliations: part == "ties" ? nil : asker.affiliations,
                country: part == "country" ? nil : asker.country,
                certifications: part == "certifications" ? nil : asker.certifications,
                taxonomy: ExampleWorld.taxonomy)
            result.append((part, less))
        }
        without("kind", asker.kind != nil)
        without("state", asker.state != nil)
        without("family", asker.family != nil)
        without("ties", asker.affiliations != nil)
        without("country", asker.country != nil)
        without("certifications", asker.certifications != nil)
        return result
    }
}

extension FactVector {
    fileprivate func with(_ requester: Requester, onBehalf: OnBehalf) -> FactVector {
        FactVector(
            owner: owner, requester: requester, onBehalf: onBehalf, values: values, asked: asked, at: at,
            over: over)
    }
}
