import Crypto

/// Something that signs for a switch: a key in memory here, a hardware module elsewhere.
public protocol SealingKey: Sendable {
    /// The public half, 32 bytes of Ed25519.
    var publicKey: [UInt8] { get }
    /// An Ed25519 signature of 64 bytes. Throws what the holder of the key throws.
    func sign(_ bytes: [UInt8]) throws -> [UInt8]
}

extension SealingKey {
    /// The key with which the seals of a ledger are checked: its name is the ledger's, so that a seal of one ledger
    /// is never taken for one of another.
    public func verifierKey(of ledger: LedgerName) -> VerifierKey {
        // A ledger's name is always the name of a key, and the key has 32 bytes.
        VerifierKey(name: ledger.description, publicKey: publicKey)!
    }
}

/// A sealing key in memory.
public struct MemorySealingKey: SealingKey {
    private let key: Curve25519.Signing.PrivateKey
    public let publicKey: [UInt8]

    /// `nil` unless there are 32 bytes, which must be random and secret.
    public init?(secret: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else { return nil }
        self.key = key
        publicKey = Array(key.publicKey.rawRepresentation)
    }

    public func sign(_ bytes: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: bytes)) }
}
