/// The versions under which a judgement was made, each named by its SHA-256.
///
/// With the facts they are all that is needed to judge again.
public struct EntryVersions: Hashable, Sendable {
    public var taxonomy: LedgerHash
    public var directory: LedgerHash
    /// The network's floor, which no owner's policy can lower.
    public var floor: LedgerHash
    /// The policy that judged; `nil` when none did.
    public var policy: LedgerHash?

    public init(taxonomy: LedgerHash, directory: LedgerHash, floor: LedgerHash, policy: LedgerHash?) {
        self.taxonomy = taxonomy
        self.directory = directory
        self.floor = floor
        self.policy = policy
    }

    func write(to writer: inout FieldWriter) {
        writer.hash(taxonomy)
        writer.hash(directory)
        writer.hash(floor)
        writer.hash(policy)
    }

    init(reading reader: inout FieldReader) throws(EntryError) {
        taxonomy = try reader.hash()
        directory = try reader.hash()
        floor = try reader.hash()
        policy = try reader.optionalHash()
    }
}
