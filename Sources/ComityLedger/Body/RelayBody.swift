/// What lies beside a relay entry, sealed: the message as it came.
///
/// It is written as canonical CBOR, an array of version, salt and message.
public struct RelayBody: Hashable, Sendable {
    public var salt: Salt
    /// The message, byte for byte.
    public var raw: [UInt8]

    /// The version of the format that is written.
    public static let formatVersion: UInt64 = 1

    public init(salt: Salt, raw: [UInt8]) {
        self.salt = salt
        self.raw = raw
    }

    /// The canonical bytes: what is committed to, and what is sealed.
    public func encode() -> [UInt8] {
        var cbor = CBORWriter(reserving: raw.count + 60)
        cbor.array(3)
        cbor.unsigned(Self.formatVersion)
        cbor.byteString(salt.bytes)
        cbor.byteString(raw)
        return cbor.bytes
    }

    /// Reads what `encode` wrote, in that form only. Never traps.
    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var cbor = try CBORReader(bytes)
        guard try cbor.array() == 3, try cbor.unsigned() == Self.formatVersion,
            let salt = Salt(try cbor.byteString())
        else { throw CBORError(.wrongType, at: 0) }
        self.salt = salt
        raw = Array(try cbor.byteString())
        try cbor.end()
    }

    /// The commitment that the relay entry carries.
    public func commitment() -> Commitment { Commitment(.relay, salt: salt, body: encode()) }
}
