/// A look-up and its judgement, recorded before anything is passed on.
public struct QuestionEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 1
    static let fieldCount = 21

    /// What the judgement says about passing the question on. The numbers stand in the ledger.
    public enum Gate: UInt8, CaseIterable, Hashable, Sendable { case open, held, refused }

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z, never less than the entry before.
    public var time: UInt64
    public var transaction: TransactionID
    public var message: MessageID
    /// The agency ID (ORI) of the requester.
    public var agency: String
    /// The message key of the request, such as `DQ`.
    public var key: String
    /// One code for each fact of the taxonomy, in its order.
    public var facts: [EntryFact]
    public var versions: EntryVersions
    /// Whether the owner never put a policy on file, so that the network's default judged. With no policy and
    /// this false, the owner's policy was missing or out of force and the look-up is refused.
    public var noDecisionOnFile: Bool
    public var gate: Gate
    /// The field groups let through, one bit each.
    public var groups: UInt16
    /// The field groups that were asked for and not let through, one bit each.
    public var withheld: UInt16
    /// The rules that decided, by their ids.
    public var deciding: [String]
    /// All rules that matched, by their ids.
    public var matched: [String]
    /// Duties laid on the requester. Always empty in this version of Comity.
    public var duties: [String]
    /// What the sealed body of the question is tied to.
    public var body: Commitment

    public init(
        ledger: LedgerName, time: UInt64, transaction: TransactionID, message: MessageID, agency: String,
        key: String, facts: [EntryFact], versions: EntryVersions, noDecisionOnFile: Bool, gate: Gate,
        groups: UInt16, withheld: UInt16, deciding: [String], matched: [String], duties: [String] = [],
        body: Commitment
    ) {
        self.ledger = ledger
        self.time = time
        self.transaction = transaction
        self.message = message
        self.agency = agency
        self.key = key
        self.facts = facts
        self.versions = versions
        self.noDecisionOnFile = noDecisionOnFile
        self.gate = gate
        self.groups = groups
        self.withheld = withheld
        self.deciding = deciding
        self.matched = matched
        self.duties = duties
        self.body = body
    }

    func write(to writer: inout FieldWriter) {
        writer.name(transaction)
        writer.name(message)
        writer.text(agency)
        writer.text(key)
        writer.facts(facts)
        versions.write(to: &writer)
        writer.bool(noDecisionOnFile)
        writer.unsigned(UInt64(gate.rawValue))
        writer.unsigned(UInt64(groups))
        writer.unsigned(UInt64(withheld))
        writer.texts(deciding)
        writer.texts(matched)
        writer.texts(duties)
        writer.hash(body.hash)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        transaction = try reader.name()
        message = try reader.name()
        agency = try reader.text()
        key = try reader.text()
        facts = try reader.facts()
        versions = try EntryVersions(reading: &reader)
        noDecisionOnFile = try reader.bool()
        gate = try reader.choice()
        groups = try reader.bits()
        withheld = try reader.bits()
        deciding = try reader.texts()
        matched = try reader.texts()
        duties = try reader.texts()
        body = Commitment(try reader.hash())
    }
}
