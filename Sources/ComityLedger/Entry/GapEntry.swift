/// The process before did not end in good order, or left look-ups without an end: from when to when the ledger's switch was
/// not there, and what the next one found.
public struct GapEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 4
    static let fieldCount = 7

    public var ledger: LedgerName
    /// When service began again: milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    /// The time of the last entry before, in milliseconds since 1970-01-01T00:00:00Z.
    public var since: UInt64
    /// How many look-ups were found without an end and taken up; those that wait for a person are not among them.
    public var unfinished: UInt64
    /// Why, as a word: `crash`, or `restart` if the process before had ended in good order.
    public var reason: String

    public init(ledger: LedgerName, time: UInt64, since: UInt64, unfinished: UInt64, reason: String) {
        self.ledger = ledger
        self.time = time
        self.since = since
        self.unfinished = unfinished
        self.reason = reason
    }

    func write(to writer: inout FieldWriter) throws(EntryError) {
        writer.unsigned(since)
        writer.unsigned(unfinished)
        try writer.word(reason)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        since = try reader.unsigned()
        unfinished = try reader.unsigned()
        reason = try reader.word()
    }
}
