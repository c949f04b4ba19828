import ComityMessages

/// Judging by reading the rules as they stand: slow, plain, and the specification of what a policy means. The
/// compiled form must always agree with it.
public enum Interpreter {
    /// Whether the record has been seen.
    enum Stage { case question, answer }

    /// Judges the question, before the record is known: restrictive rules that mention a fact of the record
    /// wait for the answer; a share that mentions one counts if all else is true.
    public static func judgeQuestion(_ facts: FactVector, policy: Policy, taxonomy: Taxonomy) -> Judgement {
        judge(facts, policy: policy, taxonomy: taxonomy, stage: .question)
    }

    /// Judges the answer: all rules; a fact of the record that is still missing is unknown.
    public static func judgeAnswer(_ facts: FactVector, policy: Policy, taxonomy: Taxonomy) -> Judgement {
        judge(facts, policy: policy, taxonomy: taxonomy, stage: .answer)
    }

    private static func judge(
        _ facts: FactVector, policy: Policy, taxonomy: Taxonomy, stage: Stage
    ) -> Judgement {
        func judge(_ requester: Requester) -> Judgement {
            one(facts, requester: requester, policy: policy, taxonomy: taxonomy, stage: stage)
        }
        let own = judge(facts.requester)
        switch facts.onBehalf {
        case .nobody: return own
        case .agency(let other): return own.meet(judge(other))
        case .unreadable: return own.meet(judge(.nobodyKnown))
        }
    }

    private static func one(
        _ facts: FactVector, requester: Requester, policy: Policy, taxonomy: Taxonomy, stage: Stage
    ) -> Judgement {
        var rules = AppliedRules(policy: policy.mark)
        var shared: FieldGroupSet = []
        var withheld: FieldGroupSet = []
        let day = facts.at.day
        guard policy.isInForce(on: day) else {
            rules.isOutOfForce = true
            return Judgement(asked: facts.asked, shared: [], withheld: [], rules: rules)
        }
        for (place, rule) in policy.rules.enumerated() {
            guard rule.isInForce(on: day), rule.effect.concerns(facts.asked) else { continue }
            let view = View(facts: facts, requester: requester, taxonomy: taxonomy, stage: stage)
            guard view.applies(rule) else { continue }
            switch rule.effect {
            case .share(let groups):
                shared.formUnion(groups)
                rules.insert(place, into: .sharing)
            case .refuse: rules.insert(place, into: .refusing)
            case .withhold(let groups):
                withheld.formUnion(groups)
                rules.insert(place, into: .withholding)
            case .hold: rules.insert(place, into: .holding)
            case .notify: rules.insert(place, into: .notifying)
            case .require:
                for (index, one) in policy.carried.enumerated() where one.rule == place {
                    // Missing unless it is known to be there.
                    if view.value(of: one.carried.condition, reach: .own, hopeful: false) == .yes { continue }
                    rules.insert(place, into: .refusing)
                    rules.insert(place, into: .requiring)
                    rules.insert(index, into: .missing)
                }
            case .limit(let limit):
                guard facts.over.contains(LimitName(owner: policy.owner, rule: rule.id)) else { continue }
                rules.insert(place, into: .limiting)
                rules.insert(place, into: limit.beyond == .refuse ? .refusing : .holding)
            }
        }
        return Judgement(asked: facts.asked, shared: shared, withheld: withheld, rules: rules)
    }

    /// The facts as one rule sees them.
    struct View {
        let facts: FactVector
        let requester: Requester
        let taxonomy: Taxonomy
        let stage: Stage
        /// A test whose value is supposed to be another, for the question "what made the difference?".
        var supposed: (test: Test, value: Truth)?

        /// Whether a rule applies: a restrictive rule unless its match is false, a share if its match is true.
        func applies(_ rule: Rule) -> Bool {
            let restrictive = rule.effect.isRestrictive
            if stage == .question, restrictive, rule.match.mentions(isOfRecord) { return false }
            let when = value(of: rule.when, reach: restrictive ? .ownOrTied : .own, hopeful: true)
            let unless = rule.unless.map {
                value(of: $0, reach: restrictive ? .own : .ownOrTied, hopeful: false)
            }
            let match = min(when, !(unless ?? .no))
            return restrictive ? match != .no : match == .yes
        }

        /// - Parameters:
        ///   - reach: which families count here; swapped by every `not`.
        ///   - hopeful: what a fact of the record counts as while the question is judged: whatever lets a
        ///     share through; swapped by every `not`.
        func value(of condition: Condition, reach: FamilyReach, hopeful: Bool) -> Truth {
            switch condition {
            case .always: .yes
            case .named(_, let inner): value(of: inner, reach: reach, hopeful: hopeful)
            case .not(let inner): !value(of: inner, reach: reach.swapped, hopeful: !hopeful)
            case .all(let parts):
                parts.map { value(of: $0, reach: reach, hopeful: hopeful) }.min() ?? .yes
            case .any(let parts):
                parts.map { value(of: $0, reach: reach, hopeful: hopeful) }.max() ?? .no
            case .test(let test):
                if let supposed, supposed.test == test {
                    supposed.value
                } else if stage == .question, isOfRecord(test) {
                    hopeful ? .yes : .no
                } else {
                    value(of: test, reach: reach)
                }
            }
        }

        func value(of test: Test, reach: FamilyReach) -> Truth {
            guard requester.isKnown || !test.isOfAgency else { return .unknown }
            switch test {
            case .family(let path):
                let own = Truth(requester.ownFamilyIsWithin(path))
                return reach == .own ? own : max(own, Truth(requester.affiliationIsWithin(path)))
            case .agency(let ori): return Truth(requester.ori == ori)
            case .pattern(let pattern): return Truth(pattern.matches(requester.ori))
            case .kind(let kinds): return Truth(requester.kind.map { kinds.contains($0) })
            case .state(let states): return Truth(requester.state.map { states.contains($0) })
            case .ownState: return Truth(requester.state.map { $0 == facts.owner })
            case .country(let countries): return Truth(requester.country.map { countries.contains($0) })
            case .certification(let name, let version, let standings):
                return Truth(requester.standing(of: name, version: version).map { standings.contains($0) })
            case .fact(let position, let values):
                let value = facts.value(at: position)
                return value.index == nil ? .unknown : Truth(values.contains(value))
            case .absent(let position):
                let value = facts.value(at: position)
                return value == .unknown ? .unknown : Truth(value == .absent)
            }
        }

        func isOfRecord(_ test: Test) -> Bool {
            taxonomy.isOfRecord(test)
        }
    }
}

extension Taxonomy {
    /// Whether a test is about a fact of the record.
    func isOfRecord(_ test: Test) -> Bool {
        test.factPosition.map { facts[$0].source == .record } ?? false
    }
}

extension Test {
    /// Whether it tests who asks.
    var isOfAgency: Bool { factPosition == nil }

    /// The place of the enumerated fact that it tests.
    var factPosition: Int? {
        switch self {
        case .fact(let position, _), .absent(let position): position
        default: nil
        }
    }
}

extension Requester {
    /// Who is meant when a text is no agency ID.
    static let nobodyKnown = Requester(unknown: ORI("000000000")!)
}
