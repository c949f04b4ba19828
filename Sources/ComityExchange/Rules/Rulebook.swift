package import ComityDirectory
package import ComityLedger
package import ComityMessages
package import ComityPolicy

/// The policies in force: one for each owner that has one, the network's default for the others, and the network's
/// floor under all of them.
package struct Rulebook: Sendable {
    /// How an owner stands.
    package enum Standing: Sendable {
        /// Its own policy judges.
        case policy(CompiledPolicy)
        /// It never had a policy: the network's default judges, and every screen says "no decision on file".
        case noDecisionOnFile
        /// It had a policy once and none can be used now: everything is refused (guarantee 10).
        case lost(why: String)
        /// Its own switch judges; here the floor alone does.
        case judgesForItself

        /// Whether its own switch judges.
        package var judgesForItself: Bool { if case .judgesForItself = self { true } else { false } }
    }

    package let taxonomy: Taxonomy
    package let directory: Directory
    package let defaultPolicy: CompiledPolicy
    package let floor: CompiledPolicy
    package let resolver: FactResolver
    package let explainer: Explainer
    private var standings: [MemberCode: Standing] = [:]
    /// Made from the standings, so that a judgement copies nothing.
    private var bases: [MemberCode: Basis] = [:]
    private let defaultBasis: Basis
    private let versions: @Sendable (LedgerHash?) -> EntryVersions

    package init(
        taxonomy: Taxonomy, directory: Directory, defaultPolicy: CompiledPolicy, floor: CompiledPolicy
    ) {
        self.taxonomy = taxonomy
        self.directory = directory
        self.defaultPolicy = defaultPolicy
        self.floor = floor
        resolver = FactResolver(taxonomy: taxonomy, directory: directory)
        explainer = Explainer(taxonomy: taxonomy, directory: directory)
        let (taxonomyHash, directoryHash) = (LedgerHash(taxonomy.hash)!, LedgerHash(directory.hash)!)
        let floorHash = LedgerHash(floor.policy.hash)!
        versions = { policy in
            EntryVersions(taxonomy: taxonomyHash, directory: directoryHash, floor: floorHash, policy: policy)
        }
        defaultBasis = Self.basis(
            .noDecisionOnFile, defaultPolicy: defaultPolicy, floor: floor, versions: versions)
    }

    /// Sets how an owner stands from now on.
    package mutating func set(_ standing: Standing, for owner: MemberCode) {
        standings[owner] = standing
        bases[owner] = Self.basis(standing, defaultPolicy: defaultPolicy, floor: floor, versions: versions)
    }

    /// How an owner stands.
    package func standing(of owner: MemberCode) -> Standing { standings[owner] ?? .noDecisionOnFile }

    /// The owners that have a policy, with its version; 0 if it was lost.
    package var policyVersions: [(owner: MemberCode, version: Int)] {
        standings.compactMap { owner, standing in
            switch standing {
            case .policy(let compiled): (owner, compiled.policy.version)
            case .noDecisionOnFile, .judgesForItself: nil
            case .lost: (owner, 0)
            }
        }.sorted { $0.owner < $1.owner }
    }

    /// The owners whose policy was lost, for alarms.
    package var lost: [(owner: MemberCode, why: String)] {
        standings.compactMap { owner, standing in
            if case .lost(let why) = standing { (owner, why) } else { nil }
        }.sorted { $0.owner < $1.owner }
    }

    /// Judges a look-up on the facts of its question.
    package func judgeQuestion(_ facts: FactVector) -> Ruling { ruling(facts) { $0.judgeQuestion(facts) } }

    /// Judges a look-up once more, now with the facts of a record.
    package func judgeAnswer(_ facts: FactVector) -> Ruling { ruling(facts) { $0.judgeAnswer(facts) } }

    private func ruling(_ facts: FactVector, _ judge: (CompiledPolicy) -> Judgement) -> Ruling {
        let basis = bases[facts.owner] ?? defaultBasis
        guard let policy = basis.policy else {
            return Ruling(judgement: .nothingInForce(asked: facts.asked, policy: floor.policy), basis: basis)
        }
        if basis.judgesForItself { return Ruling(judgement: judge(floor), basis: basis) }
        return Ruling(judgement: judge(floor).meet(judge(policy)), basis: basis)
    }

    /// The limits that a look-up counts under: see `CompiledPolicy.counted`.
    func counted(_ facts: FactVector) -> [(limit: LimitRule, key: LimitKey)] {
        let basis = bases[facts.owner] ?? defaultBasis
        return floor.counted(facts) + (basis.judgesForItself ? [] : basis.policy?.counted(facts) ?? [])
    }

    /// Every limit in force.
    var limits: [LimitRule] {
        let policies = standings.values.compactMap {
            if case .policy(let policy) = $0 { policy } else { nil }
        }
        return ([floor, defaultPolicy] + policies).flatMap(\.policy.limits)
    }

    /// For how many hours back the messages themselves are needed to count limits on those who are asked about.
    package var hoursCountedBySubject: UInt64 {
        limits.filter { $0.limit.scope == .subject }.map(\.limit.period.longestHours).max() ?? 0
    }

    /// A ruling in words.
    ///
    /// - Parameter isAnswer: whether the record has been seen.
    package func explain(
        _ ruling: Ruling, facts: FactVector, isAnswer: Bool, reference: String?,
        for audience: Explanation.Audience
    ) -> Explanation {
        explainer.explain(
            Explainer.Case(
                judgement: ruling.judgement, facts: facts, policies: ruling.layers,
                isDefault: ruling.usesDefault,
                isAnswer: isAnswer, reference: reference, ownerJudges: ruling.basis.judgesForItself),
            for: audience)
    }

    private static func basis(
        _ standing: Standing, defaultPolicy: CompiledPolicy, floor: CompiledPolicy,
        versions: (LedgerHash?) -> EntryVersions
    ) -> Basis {
        switch standing {
        case .policy(let policy) where policy.policy.hash != floor.policy.hash:
            Basis(
                policy: policy, layers: [policy.policy, floor.policy],
                versions: versions(LedgerHash(policy.policy.hash)), usesDefault: false)
        case .noDecisionOnFile:
            Basis(
                policy: defaultPolicy, layers: [defaultPolicy.policy, floor.policy],
                versions: versions(LedgerHash(defaultPolicy.policy.hash)), usesDefault: true)
        // An entry says so by naming the floor as what judged, twice.
        case .judgesForItself, .policy:
            Basis(
                policy: floor, layers: [floor.policy], versions: versions(LedgerHash(floor.policy.hash)),
                usesDefault: false, judgesForItself: true)
        case .lost: Basis(policy: nil, layers: [floor.policy], versions: versions(nil), usesDefault: false)
        }
    }
}

/// What an owner's look-ups are judged by. One for each owner, shared by all its rulings.
package final class Basis: Sendable {
    /// What judges beside the floor; `nil` if the owner's policy was lost.
    let policy: CompiledPolicy?
    /// The policies that judge: the owner's (or the default), then the floor.
    package let layers: [Policy]
    package let versions: EntryVersions
    /// Whether the network's default judges, because the owner has no decision on file.
    package let usesDefault: Bool

    /// Whether the owner's own switch judges, and here the floor alone.
    let judgesForItself: Bool

    init(
        policy: CompiledPolicy?, layers: [Policy], versions: EntryVersions, usesDefault: Bool,
        judgesForItself: Bool = false
    ) {
        self.judgesForItself = judgesForItself
        self.policy = policy
        self.layers = layers
        self.versions = versions
        self.usesDefault = usesDefault
    }

    /// The same with further policies to explain by: those that judged the question.
    func also(_ others: [Policy]) -> Basis {
        let new = others.filter { other in !layers.contains { $0.hash == other.hash } }
        return new.isEmpty
            ? self
            : Basis(
                policy: policy, layers: layers + new, versions: versions, usesDefault: usesDefault,
                judgesForItself: judgesForItself)
    }
}

/// A judgement with the versions that it was made under.
package struct Ruling: Sendable {
    package var judgement: Judgement
    /// What it was judged by.
    package var basis: Basis

    package var layers: [Policy] { basis.layers }
    package var versions: EntryVersions { basis.versions }
    package var usesDefault: Bool { basis.usesDefault }

    /// The ids of the rules that decided, over all layers.
    package var decidedBy: [String] { ids { judgement.decidedBy(in: $0) } }

    /// The ids of all rules that applied, over all layers.
    package var matched: [String] { ids { judgement.matched(in: $0) } }

    /// The duties that came up, over all layers.
    package var duties: [Duty] { judgement.duties(in: layers) }

    /// The ruling after the answer's facts were judged too: the stricter of both, under the later versions.
    package func answered(by answer: Ruling) -> Ruling {
        Ruling(
            judgement: judgement.meet(answer.judgement),
            basis: basis === answer.basis ? basis : answer.basis.also(basis.layers))
    }

    /// The first deciding rule that the asker may be told of: one that rests on facts of the record would say
    /// something about the person.
    package func firstRuleShown(_ taxonomy: Taxonomy) -> String? {
        for policy in layers {
            for place in judgement.decidedBy(in: policy).places
            where !policy.rules[place].restsOnRecord(taxonomy) {
                return policy.rules[place].id
            }
        }
        return nil
    }

    /// Whether the asker of an answer is to learn no more than that there is no record to release.
    func isNeutral(_ taxonomy: Taxonomy) -> Bool {
        judgement.isNeutral(in: layers, taxonomy: taxonomy, isAnswer: true)
    }

    private func ids(_ rules: (Policy) -> RuleSet) -> [String] {
        layers.flatMap { policy in rules(policy).places.map { policy.rules[$0].id } }
    }
}
