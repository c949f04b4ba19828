package import ComityExchange
package import ComityMessages
package import ComityPolicy

/// A message judged as the switch would judge it now, without sending or recording it.
package struct DryRun: Sendable {
    /// What would become of the look-up of one owner, before its record is known.
    package struct Lookup: Hashable, Sendable, Encodable {
        package let owner: String
        /// Released (or in part), held or refused, on the facts of the question.
        package let verdict: Verdict
        package let explanation: Explanation
    }

    package let lookups: [Lookup]

    /// - Parameters:
    ///   - message: a question, checked by the rules of its key.
    ///   - path: the word that policies see as the line by which it comes in.
    /// - Throws: `no-look-up` if it is none.
    package init(
        _ message: Message, rulebook: Rulebook, tables: CodeTables, path: String, at: Timestamp,
        for audience: Explanation.Audience
    ) throws(ServiceError) {
        guard let request = message.request(tables: tables) else {
            throw ServiceError(
                "no-look-up", "the message (\(message.key)) is no driver or vehicle look-up",
                next: "give a licence, history or registration look-up (DQ, KQ, RQ)")
        }
        var lookups: [Lookup] = []
        for owner in message.owners(tables: tables) {
            let facts = rulebook.resolver.resolve(
                message, request: request, owner: owner, path: path, at: at)
            let ruling = rulebook.judgeQuestion(facts)
            lookups.append(
                Lookup(
                    owner: owner.description,
                    verdict: rulebook.standing(of: owner).judgesForItself && ruling.judgement.gate == .open
                        ? .passedOn : Verdict(ruling.judgement),
                    explanation: rulebook.explain(
                        ruling, facts: facts, isAnswer: false, reference: nil, for: audience)))
        }
        self.lookups = lookups
    }
}

extension Message {
    /// The owners that it is addressed to, each once, in the order of the destinations.
    package func owners(tables: CodeTables) -> [MemberCode] {
        var owners: [MemberCode] = []
        for destination in destinations {
            let owner = tables.canonical(destination.member)
            if !owners.contains(owner) { owners.append(owner) }
        }
        return owners
    }
}

extension Verdict {
    /// What a judgement of the question makes of the look-up, if the record says nothing against it.
    package init(_ judgement: Judgement) {
        self =
            switch judgement.gate {
            case .refused: .refused
            case .held: .heldForReview
            case .open: judgement.groups == judgement.asked ? .released : .releasedInPart
            }
    }
}
