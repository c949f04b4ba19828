/// One thing that a request must carry. It is missing unless it is known to be there.
public struct Carried: Hashable, Sendable {
    /// What makes it present.
    public let test: Test
    /// Whether the test is turned round: `carry reason` is "the reason is not absent".
    public let isNegated: Bool

    /// The same as a condition.
    public var condition: Condition { isNegated ? .not(.test(test)) : .test(test) }
}

/// A thing that a request must carry, with the rule that says so.
public struct CarriedPlace: Hashable, Sendable {
    /// The place of the rule in the policy.
    public let rule: Int
    /// The thing.
    public let carried: Carried
}
