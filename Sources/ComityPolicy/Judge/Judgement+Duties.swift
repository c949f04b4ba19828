import ComityMessages

extension Judgement {
    /// The duties that came up, in the order of the policies and their rules. A refusal does not lift them.
    ///
    /// Of those that fall due when something is released or refused, only those are given that still can: none that
    /// wait for a release once the look-up is refused, none that wait for a refusal while it is open.
    public func duties(in policies: [Policy]) -> [Duty] {
        policies.flatMap { policy in
            (part(policy)?.notifying.places ?? []).compactMap { place -> Duty? in
                guard place < policy.rules.count, case .notify(let terms) = policy.rules[place].effect,
                    terms.event.canCome(of: gate)
                else { return nil }
                return Duty(policy: policy.mark, place: place, rule: policy.rules[place], terms: terms)
            }
        }
    }

    /// What is missing, each thing once, in the order of the policies and their rules.
    public func missing(in policies: [Policy]) -> [Carried] {
        var result: [Carried] = []
        for policy in policies {
            for place in part(policy)?.missing.places ?? [] where place < policy.carried.count {
                let thing = policy.carried[place].carried
                if !result.contains(thing) { result.append(thing) }
            }
        }
        return result
    }

    /// Whether the asker is told no more than that there is no record to release: what was asked for would have
    /// been given, but for a rule about the record, and the owner wants such refusals to read so.
    ///
    /// - Parameter isAnswer: whether the record has been seen. What is refused without it says nothing about it.
    public func isNeutral(in policies: [Policy], taxonomy: Taxonomy, isAnswer: Bool) -> Bool {
        guard isAnswer, gate == .refused else { return false }
        let nothingIsLeft = rules.allSatisfy(\.refusesNone)
        var isWanted = false
        for policy in policies {
            for place in decidedBy(in: policy).places where place < policy.rules.count {
                let rule = policy.rules[place]
                guard rule.restsOnRecord(taxonomy) else {
                    // A refusal of this kind comes without a record too. Withholding alone had left something.
                    if nothingIsLeft { continue }
                    return false
                }
                if policy.isNeutral || rule.isNeutral { isWanted = true }
            }
            // The question alone had left something, or no record would have been fetched.
            if nothingIsLeft, policy.isNeutral { isWanted = true }
        }
        return isWanted
    }
}

extension DutyEvent {
    /// Whether it still can happen after a judgement.
    func canCome(of gate: Gate) -> Bool {
        switch self {
        case .asked, .paperReceived: true
        case .released: gate != .refused
        // What is open can still be refused when the record is known, but that is another judgement.
        case .refused: gate != .open
        }
    }
}

extension Effect {
    /// The desk of a rule that holds.
    var hold: Hold? {
        switch self {
        case .hold(_, let hold): hold
        case .limit(let limit): if case .hold(let hold) = limit.beyond { hold } else { nil }
        default: nil
        }
    }
}
