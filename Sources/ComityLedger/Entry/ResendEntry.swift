/// A message that was passed on before was sent once more, in the operations ledger, because a person wanted it.
///
/// Who, and why, lies beside the ledger, sealed (`ResendBody`). The text is that of the first time: it is not kept twice.
public struct ResendEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 16
    static let fieldCount = 9

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    /// The name of this sending.
    public var message: MessageID
    /// The message that is sent again.
    public var original: MessageID
    /// Where the relay entry of that message stands in this ledger.
    public var relay: UInt64
    /// Who gets it again, one for each copy: all or some of those that the relay entry names.
    public var destinations: [String]
    /// What the person's name and reason are tied to.
    public var body: Commitment

    public init(
        ledger: LedgerName, time: UInt64, message: MessageID, original: MessageID, relay: UInt64,
        destinations: [String], body: Commitment
    ) {
        self.ledger = ledger
        self.time = time
        self.message = message
        self.original = original
        self.relay = relay
        self.destinations = destinations
        self.body = body
    }

    func write(to writer: inout FieldWriter) {
        writer.name(message)
        writer.name(original)
        writer.unsigned(relay)
        writer.texts(destinations)
        writer.hash(body.hash)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        message = try reader.name()
        original = try reader.name()
        relay = try reader.unsigned()
        destinations = try reader.texts()
        body = Commitment(try reader.hash())
    }
}
