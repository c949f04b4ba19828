import ComityDirectory
import ComityMessages

extension CompiledPolicy {
    /// The limits that a look-up counts under, and what it is counted with: one key for the requester and one for
    /// whom it asks for, where both match and differ.
    ///
    /// A look-up counts unless the rule is known not to be about it, and it counts whatever is judged of it. One
    /// that was judged a duplicate is no look-up.
    public func counted(_ facts: FactVector) -> [(limit: LimitRule, key: LimitKey)] {
        guard !policy.limits.isEmpty, policy.isInForce(on: facts.at.day) else { return [] }
        var requesters = [facts.requester]
        if case .agency(let other) = facts.onBehalf { requesters.append(other) }
        var result: [(LimitRule, LimitKey)] = []
        for limit in policy.limits {
            let rule = policy.rules[limit.place]
            guard rule.isInForce(on: facts.at.day) else { continue }
            var keys: Set<LimitKey> = []
            for requester in requesters {
                let view = Interpreter.View(
                    facts: facts, requester: requester, taxonomy: taxonomy, stage: .question)
                guard view.applies(rule) else { continue }
                let key = limit.limit.key(of: requester, rule: rule)
                if keys.insert(key).inserted { result.append((limit, key)) }
            }
        }
        return result
    }
}

extension LookupLimit {
    /// What an agency's look-ups are counted with. Where the rule names families, all agencies of the widest one
    /// that it belongs or is tied to count together; else those of its own family; an agency without one counts
    /// alone.
    func key(of requester: Requester, rule: Rule) -> LimitKey {
        switch scope {
        case .agency: return .agency(requester.ori)
        case .subject: return .subject
        case .family:
            let named = rule.when.tests.compactMap { test in
                if case .family(let path) = test { path } else { nil }
            }
            let mine = named.filter {
                requester.ownFamilyIsWithin($0) == true || requester.affiliationIsWithin($0) == true
            }
            if let widest = mine.min(by: { ($0.components.count, $0) < ($1.components.count, $1) }) {
                return .family(widest)
            }
            return (requester.family ?? nil).map { .family($0) } ?? .agency(requester.ori)
        }
    }
}
