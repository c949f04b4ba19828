/// What lies beside a review entry, sealed: who decided, and what he noted.
///
/// It names a person. It is written as canonical CBOR, an array of version, salt, reviewer and note.
public struct ReviewBody: Hashable, Sendable {
    public var salt: Salt
    /// Who decided, as the desk names its people.
    public var reviewer: String
    /// What he noted; may be empty.
    public var note: String

    public init(salt: Salt, reviewer: String, note: String) {
        self.salt = salt
        self.reviewer = reviewer
        self.note = note
    }

    /// The canonical bytes: what is committed to, and what is sealed.
    public func encode() -> [UInt8] {
        SaltedTexts(salt: salt, reviewer, note).encode()
    }

    /// Reads what `encode` wrote, in that form only. Never traps.
    public init(decoding bytes: [UInt8]) throws(CBORError) {
        let texts = try SaltedTexts(decoding: bytes)
        salt = texts.salt
        reviewer = texts.first
        note = texts.second
    }

    /// The commitment that the review entry carries.
    public func commitment() -> Commitment { Commitment(.review, salt: salt, body: encode()) }
}
