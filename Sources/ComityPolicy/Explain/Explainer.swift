public import ComityDirectory
import ComityMessages

/// Makes words of judgements.
public struct Explainer: Sendable {
    let taxonomy: Taxonomy
    let directory: Directory

    public init(taxonomy: Taxonomy, directory: Directory) {
        self.taxonomy = taxonomy
        self.directory = directory
    }

    /// How a judgement came about.
    public struct Case: Sendable {
        /// The judgement, of one stage or met from several.
        public var judgement: Judgement
        /// The facts that it was made from.
        public var facts: FactVector
        /// The policies that were asked: the owner's (or the default), and the floor.
        public var policies: [Policy]
        /// Whether the owner has no policy of its own, so that the network's default stands for it.
        public var isDefault: Bool
        /// Whether the record has been seen.
        public var isAnswer: Bool
        /// By which the look-up is found again.
        public var reference: String?
        /// Whether the owner's own switch judges: then the policies here say only whether it was passed on.
        public var ownerJudges: Bool

        public init(
            judgement: Judgement, facts: FactVector, policies: [Policy], isDefault: Bool, isAnswer: Bool,
            reference: String?, ownerJudges: Bool = false
        ) {
            self.judgement = judgement
            self.facts = facts
            self.policies = policies
            self.isDefault = isDefault
            self.isAnswer = isAnswer
            self.reference = reference
            self.ownerJudges = ownerJudges
        }
    }

    /// The explanation for an audience. The asker is not told which other rules there are, nor about rules that
    /// rest on facts of the record.
    public func explain(_ look: Case, for audience: Explanation.Audience) -> Explanation {
        let judgement = look.judgement
        let deciding = references(look) { judgement.decidedBy(in: $0).places }
        let also = references(look) { policy in
            let decided = judgement.decidedBy(in: policy)
            return judgement.matched(in: policy).places.filter { !decided.contains($0) }
        }
        let isOwner = audience == .owner
        let isNeutral = isNeutral(look)
        if isNeutral, !isOwner { return neutral(look) }
        let next = next(look)
        let words = Words(taxonomy: taxonomy)
        let shownDeciding =
            isOwner ? deciding.map(\.reference) : deciding.filter { !$0.isOfRecord }.map(\.reference)
        let sentence = sentence(look, because: shownDeciding)
        return Explanation(
            audience: audience, gate: judgement.gate.word, sentence: sentence,
            owner: look.facts.owner.description,
            requester: describe(look.facts.requester), onBehalfOf: behalf(look.facts),
            data: judgement.asked.groups.map(\.rawValue), decidingRules: shownDeciding,
            alsoMatched: isOwner ? also.map(\.reference) : [], notMatched: isOwner ? notMatched(look) : [],
            fieldsReleased: judgement.groups.groups.map(\.rawValue),
            fieldsWithheld: withheld(look, isOwner: isOwner),
            missing: judgement.missing(in: look.policies).map { words.naming($0) },
            duties: isOwner
                ? judgement.duties(in: look.policies).map {
                    Explanation.DutyReference(rule: cite($0, look).reference, words: words.phrase($0.terms))
                } : [],
            isNeutral: isNeutral, next: next, cannotSee: Self.cannotSee(look),
            decisionOnFile: !look.isDefault, policies: look.policies.map { "\(name($0)) \($0.version)" },
            reference: look.reference,
            lines: lines(look, because: shownDeciding, next: next))
    }

    // MARK: Parts

    /// What the asker is told when he is to learn nothing about the record: what "not on file" would tell him.
    private func neutral(_ look: Case) -> Explanation {
        Explanation(
            audience: .asker, gate: Gate.open.word, sentence: Self.neutral,
            owner: look.facts.owner.description, requester: describe(look.facts.requester),
            onBehalfOf: behalf(look.facts), data: look.judgement.asked.groups.map(\.rawValue),
            decidingRules: [], alsoMatched: [], notMatched: [], fieldsReleased: [], fieldsWithheld: [],
            missing: [], duties: [], isNeutral: true, next: [], cannotSee: Self.cannotSee(look),
            decisionOnFile: !look.isDefault, policies: look.policies.map { "\(name($0)) \($0.version)" },
            reference: look.reference, lines: lines(look, because: [], next: []))
    }

    private func cite(_ duty: Duty, _ look: Case) -> Cited {
        cite(duty.rule, in: look.policies.first { $0.mark == duty.policy } ?? look.policies[0])
    }

    struct Cited {
        var reference: Explanation.RuleReference
        var rule: Rule
        var isOfRecord: Bool
    }

    func references(_ look: Case, _ places: (Policy) -> [Int]) -> [Cited] {
        look.policies.flatMap { policy in
            places(policy).filter { $0 < policy.rules.count }.map { cite(policy.rules[$0], in: policy) }
        }
    }

    func cite(_ rule: Rule, in policy: Policy) -> Cited {
        Cited(
            reference: reference(rule, in: policy), rule: rule, isOfRecord: rule.restsOnRecord(taxonomy))
    }

    func reference(_ rule: Rule, in policy: Policy) -> Explanation.RuleReference {
        Explanation.RuleReference(
            owner: name(policy), id: rule.id, effect: rule.effect.word, words: rule.title, law: rule.law,
            version: policy.version)
    }

    func name(_ policy: Policy) -> String { policy.isNetwork ? "network" : policy.owner.description }

    func describe(_ requester: Requester) -> Explanation.Requester {
        Explanation.Requester(
            id: requester.ori.description, name: directory.agency(requester.ori)?.name, kind: requester.kind,
            family: requester.family.flatMap { $0?.description },
            affiliations: (requester.affiliations ?? []).map(\.description))
    }

    private func behalf(_ facts: FactVector) -> Explanation.Requester? {
        switch facts.onBehalf {
        case .nobody: nil
        case .agency(let other): describe(other)
        case .unreadable: Explanation.Requester(id: "", name: nil, kind: nil, family: nil, affiliations: [])
        }
    }

    private func withheld(_ look: Case, isOwner: Bool) -> [Explanation.Withheld] {
        let rules = references(look) { look.judgement.part($0)?.withholding.places ?? [] }
        return look.judgement.asked.subtracting(look.judgement.groups).groups.map { group in
            let rule = rules.first { cited in
                if case .withhold(let groups) = cited.rule.effect { groups.contains(group) } else { false }
            }
            let shown = rule.flatMap { isOwner || !$0.isOfRecord ? $0.reference : nil }
            return Explanation.Withheld(field: group.rawValue, rule: shown)
        }
    }

    private static func cannotSee(_ look: Case) -> [String] {
        var result = [
            "whether a stated reason, offence or case number is true",
            "what the receiver does with an answer",
        ]
        if look.ownerJudges { result.append("what the owner's own switch decides") }
        if !look.isAnswer {
            result.append("facts of the record, which are known only once it has been found")
        }
        if !look.facts.requester.isKnown {
            result.append("who stands behind an agency ID that is not in the directory")
        }
        return result
    }
}
