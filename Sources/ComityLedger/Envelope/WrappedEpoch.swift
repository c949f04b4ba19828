import Crypto
import FoundationEssentials

/// An epoch key as it is stored: wrapped once for each recipient, so that nobody else can read it.
///
/// HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; `info` is the text
/// `comity/epoch-key/v1`, the holder, the hour and the role, each followed by a line feed; associated data are the 8
/// bytes of the key's id.
public struct WrappedEpoch: Hashable, Sendable {
    public let id: UInt64
    public let holder: EpochHolder
    /// Hours since 1970-01-01T00:00:00Z.
    public let hour: UInt64
    public let wraps: [Wrap]

    /// The key for one recipient.
    public struct Wrap: Hashable, Sendable {
        public let role: EpochRole
        /// `RecipientKey.name` of the recipient.
        public let recipient: [UInt8]
        /// The encapsulated key, 32 bytes.
        let encapsulated: [UInt8]
        /// The epoch key, sealed: 32 bytes and a tag of 16.
        let sealed: [UInt8]
    }

    /// Wraps a key for its recipients.
    ///
    /// - Throws: `SealError.notSealed`.
    public init(_ epoch: EpochKey, for recipients: [(role: EpochRole, key: RecipientKey)]) throws(SealError) {
        id = epoch.id
        holder = epoch.holder
        hour = epoch.hour
        var wraps: [Wrap] = []
        do {
            for (role, recipient) in recipients {
                var sender = try HPKE.Sender(
                    recipientKey: recipient.key, ciphersuite: Self.suite,
                    info: Self.info(epoch.holder, epoch.hour, role))
                let sealed = try epoch.key.withUnsafeBytes { bytes in
                    try sender.seal(Data(bytes), authenticating: Self.associated(epoch.id))
                }
                wraps.append(
                    Wrap(
                        role: role, recipient: recipient.name, encapsulated: Array(sender.encapsulatedKey),
                        sealed: Array(sealed)))
            }
        } catch {
            throw .notSealed
        }
        self.wraps = wraps
    }

    /// The epoch key, for a recipient.
    ///
    /// - Throws: `SealError.otherKey` if it was not wrapped for this one; `damaged` if it was changed.
    public func open(with secret: RecipientSecret) throws(SealError) -> EpochKey {
        let name = secret.recipient.name
        guard let wrap = wraps.first(where: { $0.recipient == name }) else { throw .otherKey }
        do {
            var recipient = try HPKE.Recipient(
                privateKey: secret.key, ciphersuite: Self.suite, info: Self.info(holder, hour, wrap.role),
                encapsulatedKey: Data(wrap.encapsulated))
            let key = try recipient.open(Data(wrap.sealed), authenticating: Self.associated(id))
            guard let epoch = EpochKey(id: id, holder: holder, hour: hour, key: key) else {
                throw SealError.damaged
            }
            return epoch
        } catch {
            throw .damaged
        }
    }

    private static let suite = HPKE.Ciphersuite(
        kem: .Curve25519_HKDF_SHA256, kdf: .HKDF_SHA256, aead: .AES_GCM_256)

    private static func info(_ holder: EpochHolder, _ hour: UInt64, _ role: EpochRole) -> Data {
        Data("comity/epoch-key/v1\n\(holder)\n\(hour)\n\(role.rawValue)\n".utf8)
    }

    private static func associated(_ id: UInt64) -> Data {
        withUnsafeBytes(of: id.bigEndian) { Data($0) }
    }
}

extension WrappedEpoch {
    /// The wraps as they are stored, in deterministic CBOR: an array of arrays of role, recipient, encapsulated key and
    /// sealed key.
    public var encodedWraps: [UInt8] {
        var cbor = CBORWriter(reserving: wraps.count * 110 + 2)
        cbor.array(wraps.count)
        for wrap in wraps {
            cbor.array(4)
            cbor.text(wrap.role.rawValue)
            cbor.byteString(wrap.recipient)
            cbor.byteString(wrap.encapsulated)
            cbor.byteString(wrap.sealed)
        }
        return cbor.bytes
    }

    /// Reads what was stored. Never traps.
    public init(
        id: UInt64, holder: EpochHolder, hour: UInt64, encodedWraps: [UInt8]
    ) throws(CBORError) {
        var cbor = try CBORReader(encodedWraps)
        var wraps: [Wrap] = []
        for _ in 0..<(try cbor.array()) {
            let start = cbor.offset
            guard try cbor.array() == 4, let role = EpochRole(rawValue: try cbor.text()) else {
                throw CBORError(.wrongType, at: start)
            }
            wraps.append(
                Wrap(
                    role: role, recipient: Array(try cbor.byteString()),
                    encapsulated: Array(try cbor.byteString()), sealed: Array(try cbor.byteString())))
        }
        try cbor.end()
        self.id = id
        self.holder = holder
        self.hour = hour
        self.wraps = wraps
    }
}
