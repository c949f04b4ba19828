/// A version of the directory, of other data that judgements rest on, or of how the switch is configured, put in force; in
/// the control ledger.
public struct DirectoryEntry: Hashable, Sendable, EntryFields {
    static let type: UInt64 = 6
    static let fieldCount = 7

    /// What the version is a version of. The numbers stand in the ledger.
    public enum Subject: UInt8, CaseIterable, Hashable, Sendable {
        case directory, taxonomy, floor
        case defaultPolicy
        case codeTables
        /// How a switch is configured: what links there are and what they may do.
        case configuration
    }

    public var ledger: LedgerName
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var time: UInt64
    public var subject: Subject
    /// The name that its publisher gave to the version, such as `2026-01-15`.
    public var version: String
    public var hash: LedgerHash

    public init(ledger: LedgerName, time: UInt64, subject: Subject, version: String, hash: LedgerHash) {
        self.ledger = ledger
        self.time = time
        self.subject = subject
        self.version = version
        self.hash = hash
    }

    func write(to writer: inout FieldWriter) {
        writer.unsigned(UInt64(subject.rawValue))
        writer.text(version)
        writer.hash(hash)
    }

    init(ledger: LedgerName, time: UInt64, reading reader: inout FieldReader) throws(EntryError) {
        self.ledger = ledger
        self.time = time
        subject = try reader.choice()
        version = try reader.text()
        hash = try reader.hash()
    }
}
