/// The end of an owner's ledger: its look-ups go on in the ledger of a later year, which opens in the same commit and
/// names the size and root of this one, this entry included.
public struct CloseEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 11
    static let fieldCount = 5

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    /// The UTC year of the ledger that continues this one: the owner's next year with a look-up.
    public var next: UInt64

    public init(ledger: LedgerName, time: UInt64, next: UInt64) {
        self.ledger = ledger
        self.time = time
        self.next = next
    }

    func write(to writer: inout FieldWriter) { writer.unsigned(next) }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        next = try reader.unsigned()
        guard let year = ledger.year, next > year, next <= 9999 else {
            throw EntryError(.outOfRange, field: 4)
        }
    }
}
