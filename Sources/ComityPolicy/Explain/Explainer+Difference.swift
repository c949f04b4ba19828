import ComityMessages

extension Explainer {
    /// The rules that did not apply, each with what made the difference.
    func notMatched(_ look: Case) -> [Explanation.NotMatched] {
        look.policies.flatMap { policy in
            let matched = look.judgement.matched(in: policy)
            return policy.rules.indices.filter { !matched.contains($0) }.map { place in
                Explanation.NotMatched(
                    rule: reference(policy.rules[place], in: policy),
                    because: difference(policy.rules[place], look))
            }
        }
    }

    private func difference(_ rule: Rule, _ look: Case) -> String {
        let day = look.facts.at.day
        if !rule.isInForce(on: day) { return "it is not in force on \(day)" }
        if !rule.effect.concerns(look.facts.asked) { return "nothing that it is about was asked for" }
        if case .limit = rule.effect,
            !look.policies.contains(where: { policy in
                look.facts.over.contains(LimitName(owner: policy.owner, rule: rule.id))
            })
        {
            return "the limit is not reached"
        }
        if case .require = rule.effect,
            Interpreter.View(
                facts: look.facts, requester: look.facts.requester, taxonomy: taxonomy,
                stage: look.isAnswer ? .answer : .question
            ).applies(rule)
        {
            return "everything that it asks for was there"
        }
        if !look.isAnswer, rule.effect.isRestrictive, rule.restsOnRecord(taxonomy) {
            return "it waits for the record"
        }
        var view = Interpreter.View(
            facts: look.facts, requester: look.facts.requester, taxonomy: taxonomy,
            stage: look.isAnswer ? .answer : .question)
        for test in rule.tests {
            // To suppose what is so anyway makes no difference; a family's value depends on where the test stands.
            var present: Truth?
            if case .family = test {
            } else if look.isAnswer || !taxonomy.isOfRecord(test) {
                present = view.value(of: test, reach: .own)
            }
            for value in [Truth.yes, .no] where value != present {
                view.supposed = (test, value)
                guard view.applies(rule) else { continue }
                view.supposed = nil
                let reach: FamilyReach = rule.effect.isRestrictive ? .ownOrTied : .own
                return Words(taxonomy: taxonomy).finding(test, value: view.value(of: test, reach: reach))
            }
        }
        return "several facts would have to be different"
    }
}

extension Condition {
    /// The tests in it, each once, in the order of the text.
    var tests: [Test] {
        var result: [Test] = []
        func collect(_ condition: Condition) {
            switch condition {
            case .always: break
            case .test(let test): if !result.contains(test) { result.append(test) }
            case .not(let inner), .named(_, let inner): collect(inner)
            case .all(let parts), .any(let parts): parts.forEach(collect)
            }
        }
        collect(self)
        return result
    }
}
