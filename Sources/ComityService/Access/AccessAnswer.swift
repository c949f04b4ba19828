import ComityDirectory
package import ComityExchange
package import ComityMessages
package import ComityPolicy

/// The answer to an `AccessQuestion`: what the agency gets by the best way to ask, and why not more.
package struct AccessAnswer: Hashable, Sendable, Encodable {
    /// A wanted group and what would become of it.
    package struct Group: Hashable, Sendable, Encodable {
        package let group: String
        package let verdict: Verdict
        /// The way to ask that gives it, or that comes nearest.
        package let request: String
    }

    package let verdict: Verdict
    /// The answer in one sentence.
    package let sentence: String
    package let agency: Explanation.Requester
    package let owner: String
    package let groups: [Group]
    /// The rules that stand against it, with their words and laws; empty if it is released.
    package let because: [String]
    /// What else the agency gets from this owner, and by which rules.
    package let alsoGets: [String]
    package let alsoGetsBy: [String]
    /// The rules about the record that may still take it away.
    package let unlessRecordRules: [String]
    /// Whether the owner has a decision on file.
    package let decisionOnFile: Bool
    /// Why every look-up of the owner is refused; `nil` in the ordinary case.
    package let policyLost: String?
    /// The way to ask that the explanation is of.
    package let explainedRequest: String
    package let explanation: Explanation
    /// The day and time for which it was asked.
    package let at: Timestamp
    /// What this answer cannot see.
    package let cannotSee: [String]
}

extension AccessCheck {
    /// Answers a question: yes if any way to ask gives it.
    package func answer(
        _ question: AccessQuestion, rulebook: Rulebook, audience: Explanation.Audience = .owner
    ) throws(ServiceError) -> AccessAnswer {
        let trials = try trials(question)
        let groups = question.groups.groups.compactMap { group -> (AccessAnswer.Group, Trial)? in
            let best = trials.filter { $0.facts.asked.contains(group) }
                .map { ($0.verdict(of: group), $0) }
                .min { $0.0.openness < $1.0.openness }
            return best.map { verdict, trial in
                (AccessAnswer.Group(group: group.rawValue, verdict: verdict, request: trial.way.words), trial)
            }
        }
        let judged = Self.together(groups.map(\.0.verdict))
        let judgesForItself = rulebook.standing(of: question.owner).judgesForItself
        // What the floor lets pass, the owner's own switch judges; nobody here can tell how.
        let verdict = judgesForItself && judged != .refused ? .cannotTell : judged
        // What decides the words is the group that fares worst.
        let shown = groups.max { $0.0.verdict.openness < $1.0.verdict.openness }?.1 ?? trials[0]
        let explanation = rulebook.explain(
            shown.ruling, facts: shown.facts, isAnswer: shown.isAnswer, reference: nil, for: audience)
        let name = ReaderWords.agency(explanation.requester)
        let owner = rulebook.directory.name(of: question.owner) ?? question.owner.description
        var lost: String?
        if case .lost(let why) = rulebook.standing(of: question.owner) { lost = why }
        let everything = everything(question)
        let also = everything.reduce(into: FieldGroupSet()) { $0.formUnion($1.ruling.judgement.open) }
            .subtracting(question.groups)
        return AccessAnswer(
            verdict: verdict,
            sentence: judgesForItself
                ? ReaderWords.passedOn(verdict, name, owner)
                : ReaderWords.access(verdict, name, groups.map(\.0), owner, onlyIf: shown.onlyIfRecord),
            agency: explanation.requester, owner: owner, groups: groups.map(\.0),
            because: verdict == .released
                ? [] : Self.because(shown, explanation, lost: lost, groups: question.groups),
            alsoGets: judgesForItself ? [] : also.groups.map(\.rawValue),
            alsoGetsBy: judgesForItself ? [] : Self.sharing(also, everything),
            unlessRecordRules: shown.recordRules, decisionOnFile: explanation.decisionOnFile,
            policyLost: lost,
            explainedRequest: shown.way.words, explanation: explanation, at: question.at,
            cannotSee: explanation.cannotSee)
    }

    /// All released, some, or the most open of what is left.
    private static func together(_ verdicts: [Verdict]) -> Verdict {
        if verdicts.allSatisfy({ $0 == .released }) { return .released }
        if verdicts.contains(.released) { return .releasedInPart }
        return verdicts.min { $0.openness < $1.openness } ?? .cannotTell
    }

    private static func because(
        _ trial: Trial, _ explanation: Explanation, lost: String?, groups: FieldGroupSet
    ) -> [String] {
        if let lost { return [lost] }
        var rules: [Explanation.RuleReference] = []
        if explanation.gate == "open" {
            for withheld in explanation.fieldsWithheld {
                guard let rule = withheld.rule, let group = FieldGroup(rawValue: withheld.field),
                    groups.contains(group), !rules.contains(rule)
                else { continue }
                rules.append(rule)
            }
        } else {
            rules = explanation.decidingRules
        }
        if !rules.isEmpty { return rules.map(ReaderWords.cited) }
        if !trial.onlyIfRecord.isEmpty {
            return ["it depends on the record, which is known only once it is found"]
        }
        return [
            explanation.decisionOnFile
                ? "no rule of its policy shares it here" : "the network's default does not share it here"
        ]
    }

    /// The ids of the rules that share these groups in what was tried.
    private static func sharing(_ groups: FieldGroupSet, _ trials: [Trial]) -> [String] {
        var ids: [String] = []
        for trial in trials where !trial.ruling.judgement.open.isDisjoint(with: groups) {
            guard let policy = trial.ruling.layers.first else { continue }
            for place in trial.ruling.judgement.decidedBy(in: policy).places {
                guard case .share(let shared) = policy.rules[place].effect, !shared.isDisjoint(with: groups),
                    !ids.contains(policy.rules[place].id)
                else { continue }
                ids.append(policy.rules[place].id)
            }
        }
        return ids
    }
}

extension AccessCheck.Trial {
    /// What becomes of one wanted group by this way to ask.
    package func verdict(of group: FieldGroup) -> Verdict {
        if given.contains(group) || unlessRecord.contains(group) { return .released }
        if onlyIfRecord.contains(group) { return .cannotTell }
        return ruling.judgement.gate == .held && ruling.judgement.groups.contains(group)
            ? .heldForReview : .refused
    }
}

extension Verdict {
    /// Less is more open. What cannot be told counts as more open than a refusal: it is never folded into "no".
    fileprivate var openness: Int {
        switch self {
        case .released: 0
        case .releasedInPart: 1
        case .passedOn: 2
        case .heldForReview: 3
        case .cannotTell: 4
        case .noAnswer: 5
        case .refused: 6
        }
    }
}
