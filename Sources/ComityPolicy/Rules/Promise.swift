public import ComityMessages

/// `family US.DHS.ICE never gets address, by any route, unless court-order`: what a policy's rules must never let
/// happen. It changes nothing; it is checked.
public struct Promise: Hashable, Sendable {
    /// What is promised, in the owner's words.
    public let title: String
    /// Who never gets it. Families reach those who are only tied to them.
    public let who: Condition
    /// What they never get.
    public let groups: FieldGroupSet
    /// Whether every route counts: other kinds of request, groups from which these can be worked out, ties, asking
    /// on behalf, a desk that releases.
    public let byAnyRoute: Bool
    /// The exception. It must be known to hold.
    public let unless: Condition?
    /// The line of the file on which it begins.
    public let line: Int
}
