/// A view, search, unmasking or export of a ledger, written into the ledger that was viewed.
public struct AccessEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 7
    static let fieldCount = 10

    /// What was done. The numbers stand in the ledger.
    public enum Action: UInt8, CaseIterable, Hashable, Sendable { case view, search, unmask, export, verify }

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    public var action: Action
    /// Who, as a role and never as a person's name: `owner`, `auditor`, `operator`.
    public var role: String
    /// Why, as a word of the console's list.
    public var reason: String
    /// The first position that was shown, and how many: both `nil` if none was.
    public var first: UInt64?
    public var count: UInt64?
    /// What the text of the search is tied to; `nil` if there was none.
    public var search: Commitment?

    public init(
        ledger: LedgerName, time: UInt64, action: Action, role: String, reason: String, first: UInt64? = nil,
        count: UInt64? = nil, search: Commitment? = nil
    ) {
        self.ledger = ledger
        self.time = time
        self.action = action
        self.role = role
        self.reason = reason
        self.first = first
        self.count = count
        self.search = search
    }

    func write(to writer: inout FieldWriter) throws(EntryError) {
        writer.unsigned(UInt64(action.rawValue))
        try writer.word(role)
        try writer.word(reason)
        writer.unsigned(first)
        writer.unsigned(count)
        writer.hash(search?.hash)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        action = try reader.choice()
        role = try reader.word()
        reason = try reader.word()
        first = try reader.optionalUnsigned()
        count = try reader.optionalUnsigned()
        search = try reader.optionalHash().map { Commitment($0) }
    }
}
