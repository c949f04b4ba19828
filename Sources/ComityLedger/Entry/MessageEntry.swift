/// A message that became no look-up, in the operations ledger: malformed input, a refused ORI, an answer that
/// matches nothing. It holds words and numbers only, no part of the message.
public struct MessageEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 8
    static let fieldCount = 11

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    /// The name of the message; `nil` if it was refused before it got one.
    public var message: MessageID?
    /// The name of the link in this switch's configuration.
    public var link: String
    /// Why, as a stable word such as `unknown-ori`.
    public var reason: String
    /// The documented error number that was sent back; `nil` if there is none.
    public var number: UInt64?
    /// The byte of the message at which the fault was seen; `nil` if it is at no byte.
    public var offset: UInt64?
    /// How many bytes came.
    public var length: UInt64
    /// The agency that was refused: only one that the directory knows; otherwise `nil`, because unknown text in
    /// that place may be anything.
    public var agency: String?

    public init(
        ledger: LedgerName, time: UInt64, message: MessageID? = nil, link: String, reason: String,
        number: UInt64? = nil, offset: UInt64? = nil, length: UInt64, agency: String? = nil
    ) {
        self.ledger = ledger
        self.time = time
        self.message = message
        self.link = link
        self.reason = reason
        self.number = number
        self.offset = offset
        self.length = length
        self.agency = agency
    }

    func write(to writer: inout FieldWriter) throws(EntryError) {
        writer.name(message)
        writer.text(link)
        try writer.word(reason)
        writer.unsigned(number)
        writer.unsigned(offset)
        writer.unsigned(length)
        writer.text(agency)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        message = try reader.optionalName()
        link = try reader.text()
        reason = try reader.word()
        number = try reader.optionalUnsigned()
        offset = try reader.optionalUnsigned()
        length = try reader.unsigned()
        agency = try reader.optionalText()
    }
}
