public import ComityMessages

extension Judgement {
    /// What is said when there is nothing to judge by: refused, by no rule.
    public static func nothingInForce(asked: FieldGroupSet, policy: Policy) -> Judgement {
        var rules = AppliedRules(policy: policy.mark)
        rules.isOutOfForce = true
        return Judgement(asked: asked, shared: [], withheld: [], rules: rules)
    }

    /// The same judgement, letting through no group outside the given ones: what was once recorded as let through
    /// is the most that can ever be released.
    public func limited(to most: FieldGroupSet) -> Judgement {
        meet(
            Judgement(
                gate: .open, asked: asked, groups: groups.intersection(most), withheld: [], first: first,
                others: others))
    }
}
