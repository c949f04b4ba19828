/// Something about a policy that is worth a look: rules that do nothing, rules that only guard, gaps.
public struct LintFinding: Hashable, Sendable, Codable {
    /// How it was found out.
    public enum Proof: Hashable, Sendable, Codable {
        /// Every combination of what the policy can tell apart was tried: so many.
        case complete(Int)
        /// There are too many; so many were drawn. A finding is then about those.
        case sampled(Int)
        /// From the text of the rules alone.
        case text
    }

    /// What was found, and where.
    public let diagnostic: Diagnostic
    /// The rules that it is about, the one at the place first.
    public let rules: [String]
    public let proof: Proof

    /// Whether there is something to mend. Safeguards and what could not be told are no faults.
    public var isFault: Bool { diagnostic.severity != .note }
}

extension LintFinding: CustomStringConvertible {
    public var description: String { diagnostic.description }
}
