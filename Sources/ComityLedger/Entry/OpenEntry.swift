/// The first entry of every ledger: whose it is, and what it continues.
public struct OpenEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 3
    static let fieldCount = 9

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    /// The size of last year's ledger when this one was opened; `nil` if there was none.
    public var previousSize: UInt64?
    /// The root of last year's ledger at that size; `nil` if there was none.
    public var previousRoot: LedgerHash?

    /// The switch, the owner and the UTC year are those of the ledger's name.
    public init(
        ledger: LedgerName, time: UInt64, previousSize: UInt64? = nil, previousRoot: LedgerHash? = nil
    ) {
        self.ledger = ledger
        self.time = time
        self.previousSize = previousSize
        self.previousRoot = previousRoot
    }

    func write(to writer: inout FieldWriter) {
        writer.text(ledger.switchName)
        writer.text(ledger.owner)
        writer.unsigned(ledger.year)
        writer.unsigned(previousSize)
        writer.hash(previousRoot)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        guard try reader.text() == ledger.switchName else { throw EntryError(.wrongForm, field: 4) }
        guard try reader.optionalText() == ledger.owner else { throw EntryError(.wrongForm, field: 5) }
        guard try reader.optionalUnsigned() == ledger.year else { throw EntryError(.outOfRange, field: 6) }
        previousSize = try reader.optionalUnsigned()
        previousRoot = try reader.optionalHash()
    }
}
