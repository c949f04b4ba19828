/// The end of a look-up, recorded before its answer is delivered.
public struct ClosingEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 2
    static let fieldCount = 18

    /// How a look-up ended. The numbers stand in the ledger.
    public enum Ending: UInt8, CaseIterable, Hashable, Sendable {
        /// The groups in `given` were let through, in as many records as `records` says; none is "not on file".
        case release
        /// Refused on the facts of the question: the record source was not asked.
        case refusedOnQuestion
        /// Refused on the facts of the record: the answer was fetched and not delivered.
        case refusedOnAnswer
        /// The owner did not answer in time.
        case noAnswer
        /// The desk did not decide in time.
        case holdExpired
        /// Relayed to an owner that judges for itself.
        case passedOn
        /// A desk looked at it and did not release it.
        case refusedByDesk
    }

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z, never less than the entry before.
    public var time: UInt64
    public var transaction: TransactionID
    /// The position of the question in its ledger, counted from 0.
    public var question: UInt64
    /// The ledger of the question, if it is another one: a look-up may end in the next year.
    public var questionLedger: LedgerName?
    public var ending: Ending
    /// How many records were let through.
    public var records: UInt64
    /// The field groups let through, one bit each.
    public var given: UInt16
    /// The field groups that were asked for and not let through, one bit each.
    public var withheld: UInt16
    /// The rules that decided on the answer, by their ids.
    public var deciding: [String]
    /// The facts of the record that the answer was judged on, in the order of the taxonomy; empty when there was
    /// nothing to judge.
    public var recordFacts: [EntryFact]
    /// The versions in force when the answer was judged.
    public var versions: EntryVersions
    /// What the delivered text is tied to; `nil` when nothing was delivered.
    public var answer: Commitment?

    public init(
        ledger: LedgerName, time: UInt64, transaction: TransactionID, question: UInt64,
        questionLedger: LedgerName? = nil, ending: Ending, records: UInt64 = 0, given: UInt16 = 0,
        withheld: UInt16 = 0, deciding: [String] = [], recordFacts: [EntryFact] = [], versions: EntryVersions,
        answer: Commitment?
    ) {
        self.ledger = ledger
        self.time = time
        self.transaction = transaction
        self.question = question
        self.questionLedger = questionLedger
        self.ending = ending
        self.records = records
        self.given = given
        self.withheld = withheld
        self.deciding = deciding
        self.recordFacts = recordFacts
        self.versions = versions
        self.answer = answer
    }

    func write(to writer: inout FieldWriter) {
        writer.name(transaction)
        writer.unsigned(question)
        writer.text(questionLedger?.description)
        writer.unsigned(UInt64(ending.rawValue))
        writer.unsigned(records)
        writer.unsigned(UInt64(given))
        writer.unsigned(UInt64(withheld))
        writer.texts(deciding)
        writer.facts(recordFacts)
        versions.write(to: &writer)
        writer.hash(answer?.hash)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        transaction = try reader.name()
        question = try reader.unsigned()
        questionLedger = try reader.optionalLedgerName()
        ending = try reader.choice()
        records = try reader.unsigned()
        given = try reader.bits()
        withheld = try reader.bits()
        deciding = try reader.texts()
        recordFacts = try reader.facts()
        versions = try EntryVersions(reading: &reader)
        answer = try reader.optionalHash().map { Commitment($0) }
    }
}
