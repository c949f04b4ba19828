import ComityExchange
package import ComityLedger
package import ComityMessages
package import ComityPolicy
package import ComityStore

/// One message from the line it came in on to the end of every look-up that it asked: each step with its time and its
/// place in a ledger. No person's data.
package struct MessageTrace: Hashable, Sendable, Encodable {
    /// Something that happened to one of the message's look-ups.
    package struct Step: Hashable, Sendable, Encodable {
        package let time: Timestamp
        /// Since the question was recorded, in milliseconds.
        package let after: UInt64
        package let owner: String
        package let reference: String
        /// `judged`, `reviewed` or `ended`.
        package let what: String
        package let detail: String
        package let ledger: String
        package let position: UInt64
    }

    /// How the message came in: what only the owner's key opens.
    package struct Arrival: Hashable, Sendable, Encodable {
        package let link: String
        package let session: UInt64
        package let sequence: UInt64
        package let receivedAt: Timestamp
    }

    /// The switch's own id of the message.
    package let message: String
    package let agency: String
    package let key: String
    /// The kind of line that it came in by, as policies see it.
    package let path: String?
    /// `nil` without the key of one of the owners.
    package private(set) var arrival: Arrival?
    /// Look-ups that have not ended.
    package let open: Int
    package let steps: [Step]

    /// How many entries before and after a question are looked through for its siblings: they stand in one commit.
    private static let reach: Int64 = 160
    /// How many entries after a question are looked through for what became of its siblings.
    private static let page = 2000

    /// - Parameter lookup: one of the message's look-ups.
    package init(
        of lookup: RecordedLookup, taxonomy: Taxonomy, views: some LookupViews, store: some EntrySource
    ) throws {
        let question = lookup.question
        message = Hex.text(question.message.bytes)
        agency = question.agency
        key = question.key
        let facts = question.ledger.owner.flatMap { MemberCode($0) }.flatMap { owner in
            FactVector(codes: question.facts.map(FactCode.init), owner: owner, taxonomy: taxonomy)
        }
        path = facts?.word("path", taxonomy)
        var all = [lookup]
        let own = Reference(question.transaction)
        if let row = try views.lookups(reference: own.bits).first?.question {
            let near = try store.entries(
                after: max(0, row - Self.reach - 1), limit: Int(Self.reach) * 2 + 1)
            for row in near {
                guard case .question(let other) = try LedgerEntry(decoding: row.bytes),
                    other.message == question.message, other.transaction != question.transaction
                else { continue }
                all += try RecordedLookup.find(Reference(other.transaction), views: views, store: store)
            }
        }
        open = all.count { $0.closing == nil }
        steps = all.flatMap { Self.steps($0, since: question.time) }
            .sorted { ($0.time, $0.owner, $0.position) < ($1.time, $1.owner, $1.position) }
    }

    /// Adds how it came in, from the envelope of its question.
    package mutating func add(_ body: QuestionBody) {
        arrival = Arrival(
            link: body.link, session: body.session, sequence: body.sequence,
            receivedAt: Timestamp(milliseconds: Int64(clamping: body.receivedAt)))
    }

    private static func steps(_ lookup: RecordedLookup, since start: UInt64) -> [Step] {
        let question = lookup.question
        let owner = question.ledger.owner ?? ""
        let reference = Reference(question.transaction).description
        func step(_ what: String, _ detail: String, _ time: UInt64, _ ledger: LedgerName, _ position: UInt64)
            -> Step
        {
            Step(
                time: Timestamp(milliseconds: Int64(clamping: time)),
                after: time > start ? time - start : 0, owner: owner, reference: reference, what: what,
                detail: detail, ledger: ledger.description, position: position)
        }
        let gate = ["open", "held", "refused"][Int(question.gate.rawValue)]
        let rules = question.deciding.isEmpty ? "" : " by " + question.deciding.joined(separator: ", ")
        var steps = [
            step("judged", gate + rules, question.time, question.ledger, lookup.questionPosition)
        ]
        for (review, position) in lookup.reviews {
            steps.append(
                step(
                    "reviewed",
                    "\(review.desk) \(review.decision == .approve ? "approved" : "refused"), \(review.reason.word)",
                    review.time, review.ledger, position))
        }
        if let closing = lookup.closing, let position = lookup.closingPosition {
            let records = closing.records == 1 ? "1 record" : "\(closing.records) records"
            steps.append(
                step(
                    "ended", closing.outcome.words + (closing.ending == .release ? ", \(records)" : ""),
                    closing.time, closing.ledger, position))
        }
        return steps
    }
}
