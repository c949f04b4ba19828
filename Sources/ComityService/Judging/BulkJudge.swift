package import ComityDirectory
package import ComityMessages
package import ComityPolicy

/// Judges look-ups by the policies of a folder, without any switch.
package struct BulkJudge: Sendable {
    /// One judgement, as it is printed.
    package struct Judged: Hashable, Sendable, Encodable {
        package let id: String?
        /// The line of the request.
        package let line: Int
        /// `open`, `held` or `refused`.
        package let gate: String
        /// The rules that decided the gate.
        package let decidedBy: [String]
        /// All rules that applied.
        package let matched: [String]
        /// The field groups let through; when held, the most that a desk can release.
        package let released: [String]
        /// The asked groups that a rule took out.
        package let withheld: [String]
        /// The rules that make a duty.
        package let duties: [String]
        /// What had to be carried and was not, in words.
        package let missing: [String]
        package let sentence: String
    }

    /// The owners' policies, compiled.
    package let policies: [MemberCode: CompiledPolicy]
    private let standard: CompiledPolicy?
    private let floor: CompiledPolicy?
    private let explainer: Explainer

    /// - Parameters:
    ///   - policies: any number; two files of one owner are an error, and so are three of the network.
    ///   - floor: the network's floor, which counts for every owner.
    ///   - standard: the network's default, for owners that have no policy here.
    package init(
        _ policies: [Policy], floor: Policy?, standard: Policy?, taxonomy: Taxonomy, directory: Directory
    ) throws(ServiceError) {
        var compiled: [MemberCode: CompiledPolicy] = [:]
        for policy in policies {
            guard compiled[policy.owner] == nil else {
                throw ServiceError(
                    "policy-twice", "two of the policy files are those of \(policy.owner)",
                    next: "leave one of them in the folder")
            }
            compiled[policy.owner] = CompiledPolicy(policy, taxonomy: taxonomy, directory: directory)
        }
        self.policies = compiled
        self.floor = floor.map { CompiledPolicy($0, taxonomy: taxonomy, directory: directory) }
        self.standard = standard.map { CompiledPolicy($0, taxonomy: taxonomy, directory: directory) }
        explainer = Explainer(taxonomy: taxonomy, directory: directory)
    }

    /// The policy that judges for an owner.
    ///
    /// - Throws: that there is none.
    package func policy(of owner: MemberCode) throws(ServiceError) -> CompiledPolicy {
        guard let policy = policies[owner] ?? standard else {
            throw ServiceError(
                "no-policy", "there is no policy of \(owner) in the folder",
                next: "add its file, or the network's default as network-default.policy")
        }
        return policy
    }

    /// Judges one look-up: the question, and if anything is said of the record the answer too.
    package func judge(_ request: JudgingRequest, line: Int) throws(ServiceError) -> Judged {
        let own = try policy(of: request.facts.owner)
        let layers = [floor, own].compactMap(\.self)
        var judgement = own.judgeQuestion(request.facts)
        for layer in layers {
            judgement = judgement.meet(layer.judgeQuestion(request.facts))
            if request.hasRecord { judgement = judgement.meet(layer.judgeAnswer(request.facts)) }
        }
        let texts = layers.map(\.policy)
        func ids(_ places: (Policy) -> [Int]) -> [String] {
            texts.flatMap { policy in places(policy).map { policy.rules[$0].id } }
        }
        let explanation = explainer.explain(
            Explainer.Case(
                judgement: judgement, facts: request.facts, policies: texts,
                isDefault: policies[request.facts.owner] == nil, isAnswer: request.hasRecord,
                reference: nil), for: .owner)
        return Judged(
            id: request.id, line: line, gate: judgement.gate.word,
            decidedBy: ids { judgement.decidedBy(in: $0).places },
            matched: ids { judgement.matched(in: $0).places },
            released: judgement.groups.groups.map(\.rawValue),
            withheld: judgement.withheld.groups.map(\.rawValue),
            duties: judgement.duties(in: texts).map(\.rule.id), missing: explanation.missing,
            sentence: explanation.sentence)
    }
}
