package import ComityMessages

/// What look-ups can be counted by.
package enum LookupGrouping: String, CaseIterable, Hashable, Sendable, Codable {
    case agency
    /// The requester's own place in the tree; empty outside it.
    case family
    /// The families that it is tied to, with blanks between them; empty if it is tied to none.
    case affiliation
    /// The agency for which it was asked; empty if nobody was named.
    case behalf
    case path, owner, reason, rule, request
    /// Of the time when the switch received it, in UTC: `2026-10`, the Monday of the week, `2026-10-05`, `1` Monday
    /// to `7` Sunday, `00` to `23`.
    case month, week, day, weekday, hour

    /// Whether its values follow one another, so that a table keeps them in their order.
    package var isTime: Bool {
        switch self {
        case .month, .week, .day, .weekday, .hour: true
        case .agency, .family, .affiliation, .behalf, .path, .owner, .reason, .rule, .request: false
        }
    }
}

/// How many look-ups of one group had one outcome.
package struct LookupGroupCount: Hashable, Sendable {
    /// One value for each grouping, in their order.
    package var group: [String]
    /// `nil`: under way.
    package var outcome: Outcome?
    package var count: Int

    package init(group: [String], outcome: Outcome?, count: Int) {
        self.group = group
        self.outcome = outcome
        self.count = count
    }
}
