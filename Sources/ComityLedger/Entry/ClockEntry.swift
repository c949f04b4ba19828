/// The machine's clock was moved while the switch ran; in the operations ledger.
///
/// What the clock should have said is known from a clock that nobody can set. The difference is how far it was moved.
public struct ClockEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 10
    static let fieldCount = 6

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z, never less than the entry before: a clock that was moved back changes no
    /// times of a ledger.
    public var time: UInt64
    /// What the clock should have said, in milliseconds since 1970-01-01T00:00:00Z.
    public var expected: UInt64
    /// What it said.
    public var found: UInt64

    public init(ledger: LedgerName, time: UInt64, expected: UInt64, found: UInt64) {
        self.ledger = ledger
        self.time = time
        self.expected = expected
        self.found = found
    }

    func write(to writer: inout FieldWriter) {
        writer.unsigned(expected)
        writer.unsigned(found)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        expected = try reader.unsigned()
        found = try reader.unsigned()
    }
}
