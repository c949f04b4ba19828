/// What lies beside a review entry, sealed: who decided, and what he noted.
///
/// It names a person. It is written as canonical CBOR, an array of version, salt, reviewer and note.
public struct ReviewBody: Hashable, Sendable {
    public var salt: Salt
    /// Who decided, as the desk names its people.
    public var reviewer: String
    /// What he noted; may be empty.
    public var note: String

    /// The version of the format that is written.
    public static let formatVersion: UInt64 = 1

    public init(salt: Salt, reviewer: String, note: String) {
        self.salt = salt
        self.reviewer = reviewer
        self.note = note
    }

    /// The canonical bytes: what is committed to, and what is sealed.
    public func encode() -> [UInt8] {
        var cbor = CBORWriter(reserving: reviewer.utf8.count + note.utf8.count + 60)
        cbor.array(4)
        cbor.unsigned(Self.formatVersion)
        cbor.byteString(salt.bytes)
        cbor.text(reviewer)
        cbor.text(note)
        return cbor.bytes
    }

    /// Reads what `encode` wrote, in that form only. Never traps.
    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var cbor = try CBORReader(bytes)
        guard try cbor.array() == 4, try cbor.unsigned() == Self.formatVersion,
            let salt = Salt(try cbor.byteString())
        else { throw CBORError(.wrongType, at: 0) }
        self.salt = salt
        reviewer = try cbor.text()
        note = try cbor.text()
        try cbor.end()
    }

    /// The commitment that the review entry carries.
    public func commitment() -> Commitment { Commitment(.review, salt: salt, body: encode()) }
}
