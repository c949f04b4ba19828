import Crypto

/// What a member posts about itself and the switch keeps, in the control ledger: a help text, or a wish to change the
/// directory. The text lies beside the ledger, unsealed: it is published, and about services and agencies only.
///
/// The newest entry of a subject counts.
public struct PostingEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 15
    static let fieldCount = 11

    /// What is posted. The numbers stand in the ledger.
    public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
        case helpReplaced
        case helpAppended
        case helpCancelled
        case agencyAdded
        case agencyModified
        case agencyCancelled
    }

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    public var kind: Kind
    /// The address of the help text, or the agency ID of the directory record.
    public var subject: String
    /// The message that posted it.
    public var message: MessageID
    /// The name of the link on which it came.
    public var link: String
    /// The agency that posted it.
    public var agency: String
    /// The length of the text as it now stands, in bytes.
    public var length: UInt64
    /// The SHA-256 of that text; `nil` if there is none any more.
    public var text: LedgerHash?

    public init(
        ledger: LedgerName, time: UInt64, kind: Kind, subject: String, message: MessageID, link: String,
        agency: String, length: UInt64, text: LedgerHash?
    ) {
        self.ledger = ledger
        self.time = time
        self.kind = kind
        self.subject = subject
        self.message = message
        self.link = link
        self.agency = agency
        self.length = length
        self.text = text
    }

    func write(to writer: inout FieldWriter) throws(EntryError) {
        writer.unsigned(UInt64(kind.rawValue))
        writer.text(subject)
        writer.name(message)
        writer.text(link)
        writer.text(agency)
        writer.unsigned(length)
        writer.hash(text)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        kind = try reader.choice()
        subject = try reader.text()
        message = try reader.name()
        link = try reader.text()
        agency = try reader.text()
        length = try reader.unsigned()
        text = try reader.optionalHash()
    }
}

extension PostingEntry {
    /// The hash of a text as it stands beside an entry.
    public static func hash(_ text: [UInt8]) -> LedgerHash {
        SHA256.hash(data: text).withUnsafeBytes { LedgerHash(copying: $0) }
    }
}

extension PostingEntry.Kind {
    /// The word of exports.
    public var word: String {
        switch self {
        case .helpReplaced: "help-replaced"
        case .helpAppended: "help-appended"
        case .helpCancelled: "help-cancelled"
        case .agencyAdded: "agency-added"
        case .agencyModified: "agency-modified"
        case .agencyCancelled: "agency-cancelled"
        }
    }
}
