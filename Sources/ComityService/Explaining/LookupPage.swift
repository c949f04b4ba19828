import ComityExchange
import ComityLedger
package import ComityMessages
package import ComityPolicy

/// One recorded look-up, explained. It names facts, rules and places in the ledger, never a person's data.
package struct LookupPage: Hashable, Sendable, Encodable {
    /// Where an entry stands.
    package struct Place: Hashable, Sendable, Encodable {
        package let ledger: String
        /// Counted from 0.
        package let position: UInt64
        package let time: Timestamp
    }

    /// What one desk decided. Who did, only the owner's key opens.
    package struct Review: Hashable, Sendable, Encodable {
        package let desk: String
        /// `approve` or `refuse`.
        package let decision: String
        package let reason: String
        package let groups: [String]
        package let place: Place
    }

    /// Whether judging again gives what is recorded.
    package enum Check: Hashable, Sendable, Encodable {
        case same
        case different([String])
        /// What is missing to judge again.
        case impossible(String)

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            switch self {
            case .same: try container.encode("same", forKey: .result)
            case .different(let differences):
                try container.encode("different", forKey: .result)
                try container.encode(differences, forKey: .differences)
            case .impossible(let why):
                try container.encode("impossible", forKey: .result)
                try container.encode([why], forKey: .differences)
            }
        }

        private enum Key: String, CodingKey { case result, differences }
    }

    package let reference: String
    /// What became of it; `nil` while it is under way.
    package let outcome: Outcome?
    /// How the ledger says that it ended, where the outcome alone does not say it.
    package let ending: String?
    package let agency: String
    package let key: String
    package let owner: String
    package let decisionOnFile: Bool
    package let groupsReleased: [String]
    package let groupsWithheld: [String]
    package let records: UInt64
    /// The rules that decided, as recorded.
    package let decidedBy: [String]
    /// What desks decided; `nil` if none was asked, and for the asker.
    package let reviews: [Review]?
    package let question: Place
    package let closing: Place?
    package let judgedAgain: Check
    package let explanation: Explanation?
}

extension LookupPage {
    /// Explains a recorded look-up.
    package init(
        _ lookup: RecordedLookup, archive: PolicyArchive, taxonomy: Taxonomy,
        for audience: Explanation.Audience
    ) {
        let entry = lookup.question
        let reference = Reference(entry.transaction).description
        let closing = lookup.closing
        self.reference = reference
        outcome = lookup.outcome
        agency = entry.agency
        key = entry.key
        owner = entry.ledger.owner ?? ""
        decisionOnFile = !entry.noDecisionOnFile
        // What went out, once it has ended; until then nothing has.
        groupsReleased = FieldGroupSet(rawValue: closing?.given ?? 0).groups.map(\.rawValue)
        groupsWithheld = FieldGroupSet(rawValue: closing?.withheld ?? entry.withheld).groups.map(\.rawValue)
        records = closing?.records ?? 0
        question = Place(
            ledger: entry.ledger.description, position: lookup.questionPosition,
            time: Timestamp(milliseconds: Int64(clamping: entry.time)))
        self.closing = closing.flatMap { closing in
            lookup.closingPosition.map { position in
                Place(
                    ledger: closing.ledger.description, position: position,
                    time: Timestamp(milliseconds: Int64(clamping: closing.time)))
            }
        }
        // Whether the facts of the record refused it, and by which rule, would tell the asker about the person.
        let isOwner = audience == .owner
        reviews =
            !isOwner || lookup.reviews.isEmpty
            ? nil
            : lookup.reviews.map { review, position in
                Review(
                    desk: review.desk, decision: "\(review.decision)", reason: review.reason.word,
                    groups: FieldGroupSet(rawValue: review.groups).groups.map(\.rawValue),
                    place: Place(
                        ledger: review.ledger.description, position: position,
                        time: Timestamp(milliseconds: Int64(clamping: review.time))))
            }
        let shown: [String]
        do throws(ServiceError) {
            let again = try archive.judgeAgain(lookup, taxonomy: taxonomy)
            judgedAgain =
                again.differences.isEmpty ? .same : .different(isOwner ? again.differences : [])
            let words = again.rulebook.explain(
                again.ruling, facts: again.facts, isAnswer: again.isAnswer, reference: reference,
                for: audience)
            shown = words.decidingRules.map(\.id)
            explanation = words
        } catch {
            judgedAgain = .impossible(error.description)
            explanation = nil
            shown = []
        }
        ending = isOwner ? closing?.ending.words : nil
        let deciding = closing.map(\.deciding) ?? entry.deciding
        decidedBy = isOwner ? (deciding.isEmpty ? entry.deciding : deciding) : shown
    }
}

extension ClosingEntry.Ending {
    /// How a look-up ended, in words.
    package var words: String {
        switch self {
        case .release: "released"
        case .refusedOnQuestion: "refused on the facts of the question; the record source was not asked"
        case .refusedOnAnswer: "refused on the facts of the record; nothing of it was delivered"
        case .noAnswer: "the owner's records gave no answer"
        case .refusedByDesk: "a desk looked at it and did not release it"
        case .holdExpired: "nobody decided within the time that the rule gives"
        case .passedOn: "passed on to an owner that judges for itself"
        }
    }
}
