/// One judgement in words: the same on every surface. It names facts, never a person's data.
public struct Explanation: Hashable, Sendable, Codable {
    /// Who reads it. The owner sees everything; the asker what he needs in order to understand and to ask again.
    public enum Audience: String, Hashable, Sendable, Codable { case owner, asker }

    /// Who asked.
    public struct Requester: Hashable, Sendable, Codable {
        public let id: String
        public let name: String?
        public let kind: String?
        public let family: String?
        /// Families it is tied to.
        public let affiliations: [String]
    }

    /// A rule as it is cited.
    public struct RuleReference: Hashable, Sendable, Codable {
        /// The member whose policy it stands in; `network` for the network's own.
        public let owner: String
        public let id: String
        public let effect: String
        /// The owner's words.
        public let words: String
        public let law: [String]
        /// The version of the policy.
        public let version: Int
    }

    /// A rule that did not apply.
    public struct NotMatched: Hashable, Sendable, Codable {
        public let rule: RuleReference
        /// The single fact that made the difference, or that there are several.
        public let because: String
    }

    /// A field group that was asked for and is not let through.
    public struct Withheld: Hashable, Sendable, Codable {
        public let field: String
        /// The rule that withholds it; `nil` if no rule shares it, or if the look-up is refused as a whole.
        public let rule: RuleReference?
    }

    /// A duty that came up.
    public struct DutyReference: Hashable, Sendable, Codable {
        /// The rule that says so.
        public let rule: RuleReference
        /// Who is told, by when, after what.
        public let words: String
    }

    public let audience: Audience
    /// `open`, `held` or `refused`.
    public let gate: String
    /// The answer in one sentence.
    public let sentence: String
    /// The owner of the record.
    public let owner: String
    public let requester: Requester
    /// On whose behalf, if stated.
    public let onBehalfOf: Requester?
    /// The field groups asked for.
    public let data: [String]
    public let decidingRules: [RuleReference]
    public let alsoMatched: [RuleReference]
    public let notMatched: [NotMatched]
    public let fieldsReleased: [String]
    public let fieldsWithheld: [Withheld]
    /// What had to be carried and was not.
    public let missing: [String]
    /// The duties that came up; only the owner is told.
    public let duties: [DutyReference]
    /// Whether the asker is told no more than that there is no record to release.
    public let isNeutral: Bool
    /// What is missing and how to get an answer, one sentence each.
    public let next: [String]
    /// What this judgement cannot see.
    public let cannotSee: [String]
    /// Whether the owner has a policy of its own in force; if not, the network's default was used.
    public let decisionOnFile: Bool
    /// The versions of the policies that were asked: `WA 7`.
    public let policies: [String]
    /// By which the look-up is found again.
    public let reference: String?

    /// What the asker is told, as lines of plain text: what, why, how to obtain it, reference.
    public let lines: [String]
}
