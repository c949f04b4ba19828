/// What lies beside a resend entry, sealed: who had the message sent once more, and why.
///
/// It names a person. It is written as canonical CBOR, an array of version, salt, person and reason.
public struct ResendBody: Hashable, Sendable {
    public var salt: Salt
    /// Who wanted it, as the operator names its people.
    public var person: String
    /// Why.
    public var reason: String

    public init(salt: Salt, person: String, reason: String) {
        self.salt = salt
        self.person = person
        self.reason = reason
    }

    /// The canonical bytes: what is committed to, and what is sealed.
    public func encode() -> [UInt8] {
        SaltedTexts(salt: salt, person, reason).encode()
    }

    /// Reads what `encode` wrote, in that form only. Never traps.
    public init(decoding bytes: [UInt8]) throws(CBORError) {
        let texts = try SaltedTexts(decoding: bytes)
        salt = texts.salt
        person = texts.first
        reason = texts.second
    }

    /// The commitment that the resend entry carries.
    public func commitment() -> Commitment { Commitment(.resend, salt: salt, body: encode()) }
}
