import ComityMessages

/// What each rule of a policy did in the look-ups that were tried.
struct RuleUse {
    /// How often it applied.
    var applied = 0
    /// How often it made a difference: without it more, or less, would have been released.
    var decided = 0
    /// The rules that did its work when it made none.
    var coveredBy: Set<Int> = []
    /// Whether it made no difference because nothing was left to release anyway.
    var wasNothingShared = false
    /// Of a share: whether what it gave was taken away each time, and not given by another.
    var wasTakenAway = false
    /// A group that a rule withholds, and that could be worked out from what was released beside it.
    var twin: FieldGroup?
}

extension RuleUse {
    /// Adds one judged look-up to the uses of all rules.
    static func add(_ judgement: Judgement, _ policy: Policy, to uses: inout [RuleUse]) {
        guard let part = judgement.part(policy) else { return }
        let refusing = part.refusing.places
        let holding = part.holding.places
        let withholding = part.withholding.places
        let sharing = part.sharing.places
        var shared: FieldGroupSet = []
        var sharedTwice: FieldGroupSet = []
        for place in sharing {
            guard case .share(let groups) = policy.rules[place].effect else { continue }
            sharedTwice.formUnion(shared.intersection(groups))
            shared.formUnion(groups)
        }
        var withheld: FieldGroupSet = []
        var withheldTwice: FieldGroupSet = []
        for place in withholding {
            guard case .withhold(let groups) = policy.rules[place].effect else { continue }
            withheldTwice.formUnion(withheld.intersection(groups))
            withheld.formUnion(groups)
        }
        let given = judgement.asked.intersection(shared)
        let left = given.subtracting(withheld)
        for place in refusing {
            uses[place].applied += 1
            if refusing.count == 1, !left.isEmpty {
                uses[place].decided += 1
            } else {
                uses[place].coveredBy.formUnion(refusing.filter { $0 != place })
                if refusing.count == 1 {
                    if given.isEmpty { uses[place].wasNothingShared = true }
                    uses[place].coveredBy.formUnion(withholding)
                }
            }
        }
        for place in withholding {
            uses[place].applied += 1
            guard case .withhold(let groups) = policy.rules[place].effect else { continue }
            let alone = given.intersection(groups).subtracting(withheldTwice)
            if refusing.isEmpty, !alone.isEmpty {
                uses[place].decided += 1
            } else if !refusing.isEmpty {
                uses[place].coveredBy.formUnion(refusing)
            } else if given.isDisjoint(with: groups) {
                uses[place].wasNothingShared = true
            } else {
                uses[place].coveredBy.formUnion(withholding.filter { $0 != place })
            }
        }
        for place in sharing {
            uses[place].applied += 1
            guard case .share(let groups) = policy.rules[place].effect else { continue }
            let alone = judgement.asked.intersection(groups).subtracting(sharedTwice)
            if refusing.isEmpty, !alone.isDisjoint(with: left) {
                uses[place].decided += 1
            } else if !alone.isEmpty {
                uses[place].wasTakenAway = true
                uses[place].coveredBy.formUnion(refusing.isEmpty ? withholding : refusing)
            } else {
                uses[place].coveredBy.formUnion(sharing.filter { $0 != place })
            }
        }
        for place in holding where !refusing.contains(place) {
            uses[place].applied += 1
            let hold = policy.rules[place].effect.hold
            let others = holding.filter { $0 != place && policy.rules[$0].effect.hold == hold }
            if refusing.isEmpty, !left.isEmpty, others.isEmpty {
                uses[place].decided += 1
            } else if refusing.isEmpty, !left.isEmpty {
                uses[place].coveredBy.formUnion(others)
            } else if given.isEmpty, refusing.isEmpty {
                uses[place].wasNothingShared = true
            } else {
                uses[place].coveredBy.formUnion(refusing.isEmpty ? withholding : refusing)
            }
        }
        for place in part.notifying.places {
            uses[place].applied += 1
            let others = part.notifying.places.filter {
                $0 != place && policy.rules[$0].effect == policy.rules[place].effect
            }
            if others.isEmpty { uses[place].decided += 1 }
            uses[place].coveredBy.formUnion(others)
        }
    }
}
