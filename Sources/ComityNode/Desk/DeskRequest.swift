package import ComityExchange
import ComityLedger
package import ComityMessages

/// What a desk wants of a running switch, as it goes over the control socket.
package struct DeskRequest: Hashable, Sendable, Codable {
    /// `held` lists what waits; `decide` decides one.
    package enum Action: String, Codable, Sendable { case held, decide }

    package var `do`: Action
    /// List: only this owner's.
    package var owner: String?
    /// Decide: the look-up, the desk, and what it says.
    package var reference: String?
    package var desk: String?
    package var approves: Bool?
    /// The field groups that may go out, one bit each.
    package var groups: UInt16?
    /// The word of a `ReviewEntry.Reason`.
    package var reason: String?
    package var reviewer: String?
    package var note: String?

    /// What waits.
    package static func list(owner: MemberCode?) -> DeskRequest {
        DeskRequest(do: .held, owner: owner?.description)
    }

    /// A decision.
    package static func decide(_ decision: DeskDecision) -> DeskRequest {
        DeskRequest(
            do: .decide, reference: decision.reference.description, desk: decision.desk,
            approves: decision.decision == .approve, groups: decision.groups?.rawValue,
            reason: decision.reason.word, reviewer: decision.reviewer, note: decision.note)
    }

    /// The decision; `nil` if it is none.
    var decision: DeskDecision? {
        guard let reference = reference.flatMap({ Reference($0) }), let approves, let reviewer,
            let reason = ReviewEntry.Reason.allCases.first(where: { $0.word == self.reason })
        else { return nil }
        return DeskDecision(
            reference: reference, desk: desk, decision: approves ? .approve : .refuse,
            groups: groups.map(FieldGroupSet.init(rawValue:)), reason: reason, reviewer: reviewer,
            note: note ?? "")
    }
}

/// A look-up that waits, as its desk is shown it.
package struct HeldCard: Hashable, Sendable, Codable {
    package let reference: String
    package let owner: String
    package let agency: String
    package let key: String
    package let received: String
    package let until: String
    package let secondsLeft: Int64
    /// What happens then: refuse or release.
    package let fallback: String
    package let desks: [DeskCard]
    package let asked: [String]
    /// The most that can be released.
    package let releasable: [String]
    package let rules: [String]

    init(_ held: HeldLookup, at now: Timestamp) {
        reference = held.reference.description
        owner = held.owner.description
        agency = held.agency.description
        key = held.key.description
        received = held.received.description
        until = held.until.description
        secondsLeft = max(0, (held.until - now).components.seconds)
        fallback = held.fallback
        desks = held.desks.map(DeskCard.init)
        asked = held.asked.groups.map(\.rawValue)
        releasable = held.releasable.groups.map(\.rawValue)
        rules = held.rules
    }
}

/// A desk that a held look-up waits for, or waited for.
package struct DeskCard: Hashable, Sendable, Codable {
    package let desk: String
    /// How many of its people must approve, and how many have.
    package let people: Int
    package let approvals: Int

    init(_ standing: DeskStanding) {
        desk = standing.desk
        people = standing.people
        approvals = standing.approvals
    }

    package var waits: Bool { approvals < people }

    /// Whom a look-up waits for: `State desk`, `State desk (two people)`, `State desk (another person)`.
    package var words: String {
        if people == 1 { return desk }
        return "\(desk) (\(approvals == 0 ? "two people" : "another person"))"
    }

    /// `approved`, `waits`, `approved by one person, waits for another`.
    package var standing: String {
        if !waits { return people == 1 ? "approved" : "approved by two people" }
        if people == 1 { return "waits" }
        return approvals == 0 ? "waits for two people" : "approved by one person, waits for another"
    }
}

/// What a running switch says to a desk.
package struct DeskReply: Hashable, Sendable, Codable {
    package var held: [HeldCard]?
    /// `approved`, `waits`, `refused` or `refused-by-policy`.
    package var outcome: String?
    /// The desks that must still decide.
    package var waitsFor: [DeskCard]?

    init(held: [HeldCard]) { self.held = held }

    init(_ outcome: DeskOutcome) {
        switch outcome {
        case .approved: self.outcome = "approved"
        case .waitsFor(let desks): (self.outcome, waitsFor) = ("waits", desks.map(DeskCard.init))
        case .refused: self.outcome = "refused"
        case .refusedByPolicy: self.outcome = "refused-by-policy"
        }
    }
}
