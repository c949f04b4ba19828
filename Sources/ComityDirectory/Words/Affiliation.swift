public import ComityMessages

/// A dated tie of an agency to a family that is not its own: a task force, a deputised sheriff, a shared
/// terminal.
public struct Affiliation: Hashable, Sendable {
    /// The agency.
    public let ori: ORI
    /// The family it is tied to.
    public let family: FamilyPath
    /// The first day on which it is in force (UTC).
    public let from: Day
    /// The last day on which it is in force; `nil` while no end is known.
    public let until: Day?
    /// What it rests on, in words for a reader: an agreement, an order.
    public let basis: String

    /// Whether it is in force on a day. Both end days count.
    public func isInForce(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
}
