/// A sharing policy put in force or taken out of force, in the control ledger. The text lies beside the ledger.
public struct PolicyEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 5
    static let fieldCount = 12

    /// What happened to the policy. The numbers stand in the ledger.
    public enum Change: UInt8, CaseIterable, Hashable, Sendable { case activated, withdrawn }

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    /// The member code of the owner whose policy it is.
    public var owner: String
    public var change: Change
    /// The owner's own number of the version.
    public var number: UInt64
    /// The first day in force, in days since 1970-01-01.
    public var effective: UInt64
    /// The first day no longer in force; `nil` if the policy names none.
    public var until: UInt64?
    /// SHA-256 of the policy's text.
    public var policy: LedgerHash
    /// The taxonomy and the directory that it was checked against.
    public var taxonomy: LedgerHash
    public var directory: LedgerHash

    public init(
        ledger: LedgerName, time: UInt64, owner: String, change: Change, number: UInt64, effective: UInt64,
        until: UInt64?, policy: LedgerHash, taxonomy: LedgerHash, directory: LedgerHash
    ) {
        self.ledger = ledger
        self.time = time
        self.owner = owner
        self.change = change
        self.number = number
        self.effective = effective
        self.until = until
        self.policy = policy
        self.taxonomy = taxonomy
        self.directory = directory
    }

    func write(to writer: inout FieldWriter) {
        writer.text(owner)
        writer.unsigned(UInt64(change.rawValue))
        writer.unsigned(number)
        writer.unsigned(effective)
        writer.unsigned(until)
        writer.hash(policy)
        writer.hash(taxonomy)
        writer.hash(directory)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        owner = try reader.text()
        change = try reader.choice()
        number = try reader.unsigned()
        effective = try reader.unsigned()
        until = try reader.optionalUnsigned()
        policy = try reader.hash()
        taxonomy = try reader.hash()
        directory = try reader.hash()
    }
}
