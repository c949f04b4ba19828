/// What lies beside a question entry, sealed: the message as it came and what is needed to answer it after a crash.
///
/// It holds personal values. It is written as canonical CBOR, a map with the keys 0 to 8.
public struct QuestionBody: Hashable, Sendable {
    public var salt: Salt
    /// The message, byte for byte.
    public var raw: [UInt8]
    /// The name of the link on which it came.
    public var link: String
    /// The session of the link and the sequence number in it.
    public var session: UInt64
    public var sequence: UInt64
    /// The asker's own control field; `nil` if the message had none.
    public var control: String?
    /// The destination of this look-up as the asker wrote it.
    public var destination: String
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var receivedAt: UInt64

    /// The version of the format that is written.
    public static let formatVersion: UInt64 = 1

    public init(
        salt: Salt, raw: [UInt8], link: String, session: UInt64, sequence: UInt64, control: String?,
        destination: String, receivedAt: UInt64
    ) {
        self.salt = salt
        self.raw = raw
        self.link = link
        self.session = session
        self.sequence = sequence
        self.control = control
        self.destination = destination
        self.receivedAt = receivedAt
    }

    /// The canonical bytes: what is committed to, and what is sealed.
    public func encode() -> [UInt8] {
        var cbor = CBORWriter(reserving: raw.count + 160)
        cbor.map(9)
        cbor.unsigned(0)
        cbor.unsigned(Self.formatVersion)
        cbor.unsigned(1)
        cbor.byteString(salt.bytes)
        cbor.unsigned(2)
        cbor.byteString(raw)
        cbor.unsigned(3)
        cbor.text(link)
        cbor.unsigned(4)
        cbor.unsigned(session)
        cbor.unsigned(5)
        cbor.unsigned(sequence)
        cbor.unsigned(6)
        if let control { cbor.text(control) } else { cbor.null() }
        cbor.unsigned(7)
        cbor.text(destination)
        cbor.unsigned(8)
        cbor.unsigned(receivedAt)
        return cbor.bytes
    }

    /// Reads what `encode` wrote, in that form only. Never traps.
    public init(decoding bytes: [UInt8]) throws(CBORError) {
        var cbor = try CBORReader(bytes)
        guard try cbor.map() == 9 else { throw CBORError(.wrongType, at: 0) }
        try cbor.key(0)
        let versionOffset = cbor.offset
        guard try cbor.unsigned() == Self.formatVersion else {
            throw CBORError(.wrongType, at: versionOffset)
        }
        try cbor.key(1)
        let saltOffset = cbor.offset
        guard let salt = Salt(try cbor.byteString()) else { throw CBORError(.wrongType, at: saltOffset) }
        self.salt = salt
        try cbor.key(2)
        raw = Array(try cbor.byteString())
        try cbor.key(3)
        link = try cbor.text()
        try cbor.key(4)
        session = try cbor.unsigned()
        try cbor.key(5)
        sequence = try cbor.unsigned()
        try cbor.key(6)
        control = try cbor.null() ? nil : try cbor.text()
        try cbor.key(7)
        destination = try cbor.text()
        try cbor.key(8)
        receivedAt = try cbor.unsigned()
        try cbor.end()
    }

    /// The commitment that the question entry carries.
    ///
    /// - Parameter encoded: what `encode` gave, if the caller has it already.
    public func commitment(encoded: [UInt8]? = nil) -> Commitment {
        Commitment(.question, salt: salt, body: encoded ?? encode())
    }
}

extension CBORReader {
    /// Takes the key of a map, which must be the one that comes next in the format.
    fileprivate mutating func key(_ number: UInt64) throws(CBORError) {
        let start = offset
        guard try unsigned() == number else { throw CBORError(.wrongType, at: start) }
    }
}
