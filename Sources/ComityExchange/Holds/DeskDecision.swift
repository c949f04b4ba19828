package import ComityLedger
package import ComityMessages

/// What a person of a desk decides about a held look-up.
package struct DeskDecision: Sendable {
    package let reference: Reference
    /// The desk that decides; `nil` where only one is asked.
    package let desk: String?
    package let decision: ReviewEntry.Decision
    /// What may go out, if less than the policy lets through; `nil` for all of that, and for a refusal.
    package let groups: FieldGroupSet?
    package let reason: ReviewEntry.Reason
    /// Who decides, as the desk names its people. Kept sealed.
    package let reviewer: String
    /// Kept sealed; may be empty.
    package let note: String

    package init(
        reference: Reference, desk: String? = nil, decision: ReviewEntry.Decision,
        groups: FieldGroupSet? = nil,
        reason: ReviewEntry.Reason, reviewer: String, note: String = ""
    ) {
        self.reference = reference
        self.desk = desk
        self.decision = decision
        self.groups = groups
        self.reason = reason
        self.reviewer = reviewer
        self.note = note
    }

    /// A reviewer's name and a note are no longer than this, in bytes.
    package static let longestReviewer = 100
    package static let longestNote = 2000
}

/// What came of a decision.
package enum DeskOutcome: Hashable, Sendable {
    /// It is approved, and on its way to the record.
    case approved
    /// It is approved by this person, and waits for these desks.
    case waitsFor([DeskStanding])
    /// It is refused, and the asker is told.
    case refused
    /// It was approved, and the policy now in force refuses it.
    case refusedByPolicy
}

/// Why a decision is not taken. Nothing was changed.
package enum DeskFault: Error, Hashable, Sendable {
    /// No look-up with this reference waits for a person.
    case notHeld
    /// The question is not on the disk yet.
    case tooEarly
    case otherDesk(asked: [String])
    /// More than one desk is asked: which one decides must be said.
    case severalDesks([String])
    /// This desk has decided already; these have not.
    case decidedAlready(waitsFor: [String])
    /// This person has approved it already; the desk needs another one.
    case samePerson(desk: String)
    /// The policy does not let these through, whoever approves.
    case notReleasable(FieldGroupSet, most: FieldGroupSet)
    case nothingToRelease
    case tooLong(String, limit: Int)
    case noReviewer
}

/// A look-up that waits for a person, as its desk sees it: who asks for what, and why it is held. The person asked about
/// is not in it.
package struct HeldLookup: Hashable, Sendable {
    package let reference: Reference
    package let owner: MemberCode
    package let agency: ORI
    package let key: MessageKey
    package let received: Timestamp
    package let until: Timestamp
    /// What happens then: refuse or release.
    package let fallback: String
    /// The desks that are asked, and how many of their people have approved.
    package let desks: [DeskStanding]
    /// What was asked for, and the most that can be released.
    package let asked: FieldGroupSet
    package let releasable: FieldGroupSet
    /// The rules that hold it.
    package let rules: [String]
}
