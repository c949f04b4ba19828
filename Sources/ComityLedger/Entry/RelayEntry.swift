/// A message that was taken to be passed on as it is, in the operations ledger: an administrative or status message.
///
/// Its text lies beside the ledger, sealed (`RelayBody`).
public struct RelayEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 13
    static let fieldCount = 11

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    public var message: MessageID
    /// The name of the link on which it came.
    public var link: String
    /// The agency that sent it: only one that the directory knows; otherwise `nil`.
    public var agency: String?
    /// The message key.
    public var key: String
    /// Who gets it, one for each copy: members and agencies that the directory knows.
    public var destinations: [String]
    /// How many bytes came.
    public var length: UInt64
    /// What the text is tied to.
    public var body: Commitment

    /// The most copies that an entry can name.
    public static let mostDestinations = 64

    public init(
        ledger: LedgerName, time: UInt64, message: MessageID, link: String, agency: String?, key: String,
        destinations: [String], length: UInt64, body: Commitment
    ) {
        self.ledger = ledger
        self.time = time
        self.message = message
        self.link = link
        self.agency = agency
        self.key = key
        self.destinations = destinations
        self.length = length
        self.body = body
    }

    func write(to writer: inout FieldWriter) {
        writer.name(message)
        writer.text(link)
        writer.text(agency)
        writer.text(key)
        writer.texts(destinations)
        writer.unsigned(length)
        writer.hash(body.hash)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        message = try reader.name()
        link = try reader.text()
        agency = try reader.optionalText()
        key = try reader.text()
        destinations = try reader.texts()
        length = try reader.unsigned()
        body = Commitment(try reader.hash())
    }
}
