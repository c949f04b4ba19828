/// What a destination takes from now on, in the control ledger. The newest entry of a destination and key counts.
public struct ServiceEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 14
    static let fieldCount = 11

    /// Whether messages are passed on. The numbers stand in the ledger.
    public enum State: UInt8, CaseIterable, Hashable, Sendable {
        /// At once.
        case open
        /// They wait until service returns.
        case hold
        /// Never: the destination does not take this key.
        case notSupported
        /// Not for now: they must be sent again.
        case removed
    }

    /// Who said so. The numbers stand in the ledger.
    public enum Cause: UInt8, CaseIterable, Hashable, Sendable {
        case people
        /// The destination itself, by a status message on its own link.
        case link
        /// The stated time was over.
        case time
    }

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    /// A member or an agency.
    public var destination: String
    /// The message key; `nil` for every key that has no entry of its own.
    public var key: String?
    public var state: State
    /// When the destination is open again by itself; milliseconds since 1970; `nil` if somebody has to say so.
    public var until: UInt64?
    public var cause: Cause
    /// The name of the link whose status message it was.
    public var link: String?
    /// Why, as a word such as `maintenance`.
    public var reason: String

    public init(
        ledger: LedgerName, time: UInt64, destination: String, key: String?, state: State, until: UInt64?,
        cause: Cause, link: String? = nil, reason: String
    ) {
        self.ledger = ledger
        self.time = time
        self.destination = destination
        self.key = key
        self.state = state
        self.until = until
        self.cause = cause
        self.link = link
        self.reason = reason
    }

    func write(to writer: inout FieldWriter) throws(EntryError) {
        writer.text(destination)
        writer.text(key)
        writer.unsigned(UInt64(state.rawValue))
        writer.unsigned(until)
        writer.unsigned(UInt64(cause.rawValue))
        writer.text(link)
        try writer.word(reason)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        destination = try reader.text()
        key = try reader.optionalText()
        state = try reader.choice()
        until = try reader.optionalUnsigned()
        cause = try reader.choice()
        link = try reader.optionalText()
        reason = try reader.word()
    }
}

extension ServiceEntry.State {
    /// The word of the command line, of status messages and of exports.
    public var word: String {
        switch self {
        case .open: "open"
        case .hold: "hold"
        case .notSupported: "not-supported"
        case .removed: "removed"
        }
    }
}
