/// What lies beside a resend entry, sealed: who had the message sent once more, and why.
///
/// It names a person. It is written as canonical CBOR, an array of version, salt, person and reason.
public struct ResendBody: Hashable, Sendable {
    public var salt: Salt
    /// Who wanted it, as the operator names its people.
    public var person: String
    /// Why.
    public var reason: String

    /// The version of the format that is written.
    public static let formatVersion: UInt64 = 1

    public init(salt: Salt, person: String, reason: String) {
        self.salt = salt
        self.person = person
        self.reason = reason
    }

    /// The canonical bytes: what is committed to, and what is sealed.
    public func encode() -> [UInt8] {
        var cbor = CBORWriter(reserving: person.utf8.count + reason.utf8.count + 60)
        cbor.array(4)
        cbor.unsigned(Self.formatVersion)
        cbor.byteString(salt.bytes)
        cbor.text(person)
        cbor.text(reason)
        return cbor.bytes
    }

    /// Reads what `encode` wrote, in that form only. Never traps.
    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var cbor = try CBORReader(bytes)
        guard try cbor.array() == 4, try cbor.unsigned() == Self.formatVersion,
            let salt = Salt(try cbor.byteString())
        else { throw CBORError(.wrongType, at: 0) }
        self.salt = salt
        person = try cbor.text()
        reason = try cbor.text()
        try cbor.end()
    }

    /// The commitment that the resend entry carries.
    public func commitment() -> Commitment { Commitment(.resend, salt: salt, body: encode()) }
}
