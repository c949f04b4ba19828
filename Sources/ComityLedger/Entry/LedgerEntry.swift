/// One entry of a ledger, of any type.
public enum LedgerEntry: Hashable, Sendable {
    case question(QuestionEntry)
    case closing(ClosingEntry)
    case open(OpenEntry)
    case gap(GapEntry)
    case policy(PolicyEntry)
    case directory(DirectoryEntry)
    case access(AccessEntry)
    case message(MessageEntry)
    case clock(ClockEntry)
    case close(CloseEntry)
    case erase(EraseEntry)
    case review(ReviewEntry)
    case relay(RelayEntry)
    case service(ServiceEntry)
    case posting(PostingEntry)
    case resend(ResendEntry)

    /// The version of the format that is written.
    public static let formatVersion: UInt64 = 1
    /// The longest encoding, in bytes. A leaf of the tree is small enough to hash at once and to show in full.
    public static let maximumLength = 1024

    /// The types of entries. The raw value is the word in counts and exports.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case question, closing, open, gap, policy, directory, access, message, erase, clock, close, review,
            relay,
            service, posting, resend
    }

    public var kind: Kind {
        switch self {
        case .question: .question
        case .closing: .closing
        case .open: .open
        case .gap: .gap
        case .policy: .policy
        case .directory: .directory
        case .access: .access
        case .message: .message
        case .clock: .clock
        case .close: .close
        case .erase: .erase
        case .review: .review
        case .relay: .relay
        case .service: .service
        case .posting: .posting
        case .resend: .resend
        }
    }

    /// The ledger that it stands in.
    public var ledger: LedgerName { fields.ledger }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64 {
        switch self {
        // Nearly all entries are of these two types, and boxing one costs more than reading it.
        case .question(let entry): entry.time
        case .closing(let entry): entry.time
        default: fields.time
        }
    }

    private var fields: any EntryFields {
        switch self {
        case .question(let entry): entry
        case .closing(let entry): entry
        case .open(let entry): entry
        case .gap(let entry): entry
        case .policy(let entry): entry
        case .directory(let entry): entry
        case .access(let entry): entry
        case .message(let entry): entry
        case .clock(let entry): entry
        case .close(let entry): entry
        case .erase(let entry): entry
        case .review(let entry): entry
        case .relay(let entry): entry
        case .service(let entry): entry
        case .posting(let entry): entry
        case .resend(let entry): entry
        }
    }
}

extension LedgerEntry {
    /// The deterministic encoding: what is hashed as a leaf, stored and exported.
    ///
    /// - Throws: `too-large` past 1,024 bytes; `wrong-form` for a reason or role that is no word.
    public func encode() throws(EntryError) -> [UInt8] {
        switch self {
        case .question(let entry): try entry.encode()
        case .closing(let entry): try entry.encode()
        case .open(let entry): try entry.encoded()
        case .gap(let entry): try entry.encoded()
        case .policy(let entry): try entry.encoded()
        case .directory(let entry): try entry.encoded()
        case .access(let entry): try entry.encoded()
        case .message(let entry): try entry.encoded()
        case .clock(let entry): try entry.encoded()
        case .close(let entry): try entry.encoded()
        case .erase(let entry): try entry.encoded()
        case .review(let entry): try entry.encoded()
        case .relay(let entry): try entry.encoded()
        case .service(let entry): try entry.encoded()
        case .posting(let entry): try entry.encoded()
        case .resend(let entry): try entry.encoded()
        }
    }

    /// Reads an entry. Never traps.
    ///
    /// - Throws: why the bytes are not an entry in the one form that it has.
    public init(decoding bytes: [UInt8]) throws(EntryError) {
        do throws(EntryError) {
            self = try LedgerEntry(readingFields: bytes)
        } catch {
            // A fault of the encoding comes first, whatever the fields say: that is the order in which the
            // specification states the faults, and other implementations need not read in the way we do.
            guard error.kind != .tooLarge else { throw error }
            do throws(CBORError) {
                _ = try CBOR(decoding: bytes, limits: CBORLimits(bytes: Self.maximumLength, depth: 8))
            } catch {
                throw EntryError(error)
            }
            throw error
        }
    }

    private init(readingFields bytes: [UInt8]) throws(EntryError) {
        guard bytes.count <= Self.maximumLength else { throw EntryError(.tooLarge) }
        var reader: FieldReader
        let count: Int
        do throws(CBORError) {
            var cbor = try CBORReader(bytes)
            count = try cbor.map()
            reader = FieldReader(cbor, next: 0)
        } catch {
            throw error.kind == .wrongType ? EntryError(.notAMap) : EntryError(error)
        }
        guard count >= 2 else { throw EntryError(.missingField) }
        guard try reader.unsigned() == Self.formatVersion else { throw EntryError(.unknownVersion, field: 0) }
        switch try reader.unsigned() {
        case QuestionEntry.type: self = .question(try reader.rest(count))
        case ClosingEntry.type: self = .closing(try reader.rest(count))
        case OpenEntry.type: self = .open(try reader.rest(count))
        case GapEntry.type: self = .gap(try reader.rest(count))
        case PolicyEntry.type: self = .policy(try reader.rest(count))
        case DirectoryEntry.type: self = .directory(try reader.rest(count))
        case AccessEntry.type: self = .access(try reader.rest(count))
        case MessageEntry.type: self = .message(try reader.rest(count))
        case ClockEntry.type: self = .clock(try reader.rest(count))
        case CloseEntry.type: self = .close(try reader.rest(count))
        case EraseEntry.type: self = .erase(try reader.rest(count))
        case ReviewEntry.type: self = .review(try reader.rest(count))
        case RelayEntry.type: self = .relay(try reader.rest(count))
        case ServiceEntry.type: self = .service(try reader.rest(count))
        case PostingEntry.type: self = .posting(try reader.rest(count))
        case ResendEntry.type: self = .resend(try reader.rest(count))
        default: throw EntryError(.unknownType, field: 1)
        }
    }
}

extension FieldReader {
    /// Reads what follows version and type, to the end of the bytes.
    fileprivate mutating func rest<Entry: EntryFields>(_ count: Int) throws(EntryError) -> Entry {
        guard count >= Entry.fieldCount else { throw EntryError(.missingField) }
        guard count <= Entry.fieldCount else { throw EntryError(.unknownField) }
        let ledger = try ledgerName()
        let time = try unsigned()
        let entry = try Entry(ledger: ledger, time: time, reading: &self)
        try end()
        return entry
    }
}

extension EntryFields {
    func encoded() throws(EntryError) -> [UInt8] {
        var writer = FieldWriter(count: Self.fieldCount)
        writer.unsigned(LedgerEntry.formatVersion)
        writer.unsigned(Self.type)
        writer.text(ledger.description)
        writer.unsigned(time)
        try write(to: &writer)
        guard writer.cbor.bytes.count <= LedgerEntry.maximumLength else { throw EntryError(.tooLarge) }
        return writer.cbor.bytes
    }
}

extension QuestionEntry {
    /// The same as `LedgerEntry.question(self).encode()`, without the copy.
    public func encode() throws(EntryError) -> [UInt8] { try encoded() }
}

extension ClosingEntry {
    /// The same as `LedgerEntry.closing(self).encode()`, without the copy.
    public func encode() throws(EntryError) -> [UInt8] { try encoded() }
}
