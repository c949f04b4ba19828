/// What a desk decided about a held look-up.
///
/// Who decided, and what he noted, lies beside the ledger, sealed for the owner and its auditor (`ReviewBody`).
public struct ReviewEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 12
    static let fieldCount = 13

    /// The decision. The numbers stand in the ledger.
    public enum Decision: UInt8, CaseIterable, Hashable, Sendable { case approve, refuse }

    /// Why, from a closed list. The numbers stand in the ledger.
    public enum Reason: UInt8, CaseIterable, Hashable, Sendable {
        /// A court's order or warrant was shown.
        case courtOrder
        /// Danger to life or limb.
        case emergency
        /// A statute requires or allows it.
        case statute
        /// An agreement between the agencies covers it.
        case agreement
        /// The person asked about consents.
        case consent
        /// The asker's need is shown, or is not.
        case need
        /// The asker may not have it.
        case notAuthorised
        /// What was asked for was withdrawn.
        case withdrawn
        case other
    }

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z, never less than the entry before.
    public var time: UInt64
    public var transaction: TransactionID
    /// The position of the question in its ledger, counted from 0.
    public var question: UInt64
    /// The ledger of the question, if it is another one.
    public var questionLedger: LedgerName?
    /// The desk that decided, as the policy names it.
    public var desk: String
    public var decision: Decision
    public var reason: Reason
    /// The field groups that may go out after it, one bit each; 0 for a refusal.
    public var groups: UInt16
    /// How many people must still approve, over all desks.
    public var missing: UInt64
    /// What the reviewer and the note are tied to.
    public var body: Commitment

    public init(
        ledger: LedgerName, time: UInt64, transaction: TransactionID, question: UInt64,
        questionLedger: LedgerName? = nil, desk: String, decision: Decision, reason: Reason, groups: UInt16,
        missing: UInt64, body: Commitment
    ) {
        self.ledger = ledger
        self.time = time
        self.transaction = transaction
        self.question = question
        self.questionLedger = questionLedger
        self.desk = desk
        self.decision = decision
        self.reason = reason
        self.groups = groups
        self.missing = missing
        self.body = body
    }

    func write(to writer: inout FieldWriter) {
        writer.name(transaction)
        writer.unsigned(question)
        writer.text(questionLedger?.description)
        writer.text(desk)
        writer.unsigned(UInt64(decision.rawValue))
        writer.unsigned(UInt64(reason.rawValue))
        writer.unsigned(UInt64(groups))
        writer.unsigned(missing)
        writer.hash(body.hash)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        transaction = try reader.name()
        question = try reader.unsigned()
        questionLedger = try reader.optionalLedgerName()
        desk = try reader.text()
        decision = try reader.choice()
        reason = try reader.choice()
        groups = try reader.bits()
        missing = try reader.unsigned()
        body = Commitment(try reader.hash())
    }
}

extension ReviewEntry.Reason {
    /// The word of the command line and of exports.
    public var word: String {
        switch self {
        case .courtOrder: "court-order"
        case .emergency: "emergency"
        case .statute: "statute"
        case .agreement: "agreement"
        case .consent: "consent"
        case .need: "need"
        case .notAuthorised: "not-authorised"
        case .withdrawn: "withdrawn"
        case .other: "other"
        }
    }

    /// The words that the asker is told.
    public var sentence: String {
        switch self {
        case .courtOrder: "a court order"
        case .emergency: "an emergency"
        case .statute: "a statute"
        case .agreement: "an agreement"
        case .consent: "consent"
        case .need: "the need stated"
        case .notAuthorised: "the asker may not have it"
        case .withdrawn: "the request was withdrawn"
        case .other: "another reason"
        }
    }
}
