/// A duty: whom to tell, when, and what makes it fall due.
public struct DutyTerms: Hashable, Sendable {
    /// Who is told.
    public enum Party: Hashable, Sendable {
        /// The person whom the record is about.
        case subject
        /// The owner of the record.
        case owner
        /// A desk of the owner.
        case desk(String)
        /// Somebody else, by name.
        case named(String)

        /// The words of the language that need no name.
        static let words = ["subject", "owner"]
    }

    /// By when.
    public enum Clock: Hashable, Sendable {
        /// Before it happens.
        case before
        /// Within a time after it happened. The number is 1 to 10,000.
        case within(Int, Unit)
    }

    /// What the time is counted in.
    public enum Unit: String, CaseIterable, Hashable, Sendable, Codable {
        case hours, days
        /// Days on which the owner's offices are open.
        case businessDays = "business-days"
    }

    public let party: Party
    public let clock: Clock
    /// What makes it fall due.
    public let event: DutyEvent
}

/// A duty that came up, with the rule that says so.
public struct Duty: Hashable, Sendable {
    /// The policy's mark.
    public let policy: PolicyMark
    /// The place of the rule in the policy.
    public let place: Int
    /// The rule.
    public let rule: Rule
    /// Whom to tell, and when.
    public let terms: DutyTerms
}
