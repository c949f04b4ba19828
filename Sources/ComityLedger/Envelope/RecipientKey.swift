import Crypto
import FoundationEssentials

/// The public key of somebody who may open bodies: X25519, 32 bytes.
public struct RecipientKey: Sendable {
    /// The key itself (RFC 7748, section 5).
    public let bytes: [UInt8]
    let key: Curve25519.KeyAgreement.PublicKey

    /// `nil` unless the bytes are a public key.
    public init?(_ bytes: some Collection<UInt8>) {
        guard let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: Array(bytes)) else {
            return nil
        }
        self.key = key
        self.bytes = Array(bytes)
    }

    /// The first 8 bytes of its SHA-256: by them a wrapped key says whose it is.
    public var name: [UInt8] { Array(SHA256.hash(data: bytes).prefix(8)) }
}

/// The private half of a `RecipientKey`.
public struct RecipientSecret: Sendable {
    let key: Curve25519.KeyAgreement.PrivateKey

    /// A new one.
    public init() { key = Curve25519.KeyAgreement.PrivateKey() }

    /// `nil` unless there are exactly 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: Array(bytes)) else {
            return nil
        }
        self.key = key
    }

    /// The secret itself. Whoever has it opens every body that was sealed for its holder.
    public var bytes: [UInt8] { Array(key.rawRepresentation) }

    public var recipient: RecipientKey { RecipientKey(key.publicKey.rawRepresentation)! }
}
