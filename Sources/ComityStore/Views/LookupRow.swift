package import ComityMessages

/// One look-up in the read models: what can be searched for. No personal value.
package struct LookupRow: Hashable, Sendable {
    /// The store's number of the question's entry.
    package var question: Int64
    /// The 16 bytes of the look-up's transaction id.
    package var transaction: [UInt8]
    /// Whose records.
    package var owner: String
    /// When the switch received the question.
    package var asked: Timestamp
    package var agency: String
    /// The requester's own place in the tree; empty outside it.
    package var family: String
    /// The families that it is tied to.
    package var ties: [String]
    /// The agency for which it asks; empty if for itself.
    package var behalf: String
    /// The kind of line that it came in by, as the switch stamped it; empty if it is not known.
    package var path: String
    package var key: String
    /// The word of the request kind.
    package var request: String
    /// The stated reason code; empty if none was stated.
    package var reason: String
    /// The first deciding rule; empty if nothing was shared and no rule refused.
    package var rule: String
    /// What became of it so far: nothing while it is under way.
    package var outcome: Outcome?
    /// The store's number of the closing's entry.
    package var closing: Int64?
    /// The groups that went out.
    package var given: FieldGroupSet
    /// How many records went out.
    package var records: Int

    package init(
        question: Int64, transaction: [UInt8], owner: String, asked: Timestamp, agency: String,
        family: String,
        ties: [String], behalf: String, path: String, key: String, request: String, reason: String,
        rule: String,
        outcome: Outcome?
    ) {
        self.question = question
        self.transaction = transaction
        self.owner = owner
        self.asked = asked
        self.agency = agency
        self.family = family
        self.ties = ties
        self.behalf = behalf
        self.path = path
        self.key = key
        self.request = request
        self.reason = reason
        self.rule = rule
        self.outcome = outcome
        closing = nil
        given = []
        records = 0
    }
}

/// The end of a look-up.
package struct LookupEnd: Hashable, Sendable {
    package var transaction: [UInt8]
    package var outcome: Outcome
    package var closing: Int64
    package var given: FieldGroupSet
    package var records: Int
    /// The first rule that decided on the answer; empty to leave what the question said.
    package var rule: String

    package init(
        transaction: [UInt8], outcome: Outcome, closing: Int64, given: FieldGroupSet, records: Int,
        rule: String
    ) {
        self.transaction = transaction
        self.outcome = outcome
        self.closing = closing
        self.given = given
        self.records = records
        self.rule = rule
    }
}

/// What one entry means for the read models.
package enum ViewChange: Hashable, Sendable {
    case asked(LookupRow)
    /// A desk decided about the look-ups with this reference: the store's number of the review's entry.
    case reviewed(reference: UInt64, entry: Int64)
    case ended(LookupEnd)
}
