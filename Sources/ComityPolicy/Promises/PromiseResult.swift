public import ComityMessages

/// What became of one promise.
public struct PromiseResult: Sendable {
    /// The promise.
    public let promise: Promise
    /// Whether it is kept, and how that was found out.
    public let outcome: Outcome
    /// How it was found out.
    public let proof: Proof

    public enum Outcome: Sendable {
        /// No look-up that was tried breaks it.
        case kept
        /// This look-up breaks it.
        case broken(PromiseWitness)
    }

    /// How far a result goes.
    public enum Proof: Hashable, Sendable {
        /// Every combination of what the policy can tell apart was tried: so many. A promise that is kept is kept.
        case complete(Int)
        /// There are too many combinations; so many were drawn. A promise that is kept may still be broken.
        case sampled(Int)
        /// By reasoning about all look-ups at once.
        case exact
    }

    public init(promise: Promise, outcome: Outcome, proof: Proof) {
        self.promise = promise
        self.outcome = outcome
        self.proof = proof
    }

    /// Whether nothing was found that breaks it.
    public var isKept: Bool {
        if case .kept = outcome { true } else { false }
    }
}

/// A look-up that breaks a promise.
public struct PromiseWitness: Sendable {
    /// The look-up; with facts of the record where the policy tests them.
    public let facts: FactVector
    /// What it asks for.
    public let request: Request
    /// What is released, or can be released by a desk.
    public let groups: FieldGroupSet
    /// What of the promised groups that gives away.
    public let given: FieldGroupSet
    /// Whether a desk must release it first.
    public let isHeld: Bool
    /// Whether the promised groups are not released themselves, but can be worked out.
    public let isByTwin: Bool
}

/// A way to find out whether promises are kept. Enumeration is one; exact analysis can be another.
public protocol PromiseCheck: Sendable {
    /// Whether a policy keeps a promise.
    func check(_ promise: Promise, of policy: CompiledPolicy) -> PromiseResult
}
