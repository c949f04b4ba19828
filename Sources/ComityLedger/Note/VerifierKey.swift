import Crypto

/// A public key that makes signatures on notes checkable: `<name>+<hexadecimal id>+<base 64>`, as C2SP signed-note
/// and the Go checksum database write it.
public struct VerifierKey: Hashable, Sendable {
    /// What its signatures sign. The raw value is the type byte of C2SP signed-note.
    public enum Purpose: UInt8, Hashable, Sendable, CaseIterable {
        /// Ed25519 over the text of a note.
        case note = 0x01
        /// Ed25519 over a time and the text of a checkpoint (C2SP tlog-cosignature).
        case cosignature = 0x04
    }

    /// The name. The key of a log has the log's origin for a name.
    public let name: String
    public let purpose: Purpose
    /// The 32 bytes of RFC 8032.
    public let publicKey: [UInt8]
    /// The first four bytes of SHA-256(name, line feed, type, key), big-endian: not a strong hash, only an identifier.
    public let id: UInt32

    /// `nil` if the name is none, or there are not 32 bytes.
    public init?(name: String, purpose: Purpose = .note, publicKey: [UInt8]) {
        guard Self.isName(name), publicKey.count == 32 else { return nil }
        self.name = name
        self.purpose = purpose
        self.publicKey = publicKey
        let hashed = Array(name.utf8) + [0x0A, purpose.rawValue] + publicKey
        id = Array(SHA256.hash(data: hashed)).prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The same key under another name or for another purpose; its ID is then another one too.
    public func renamed(_ name: String, purpose: Purpose = .note) -> VerifierKey? {
        VerifierKey(name: name, purpose: purpose, publicKey: publicKey)
    }

    /// Whether a text may be the name of a key: not empty, no blanks of any script, no plus, no control characters.
    public static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 && $0.value != 0x7F
            }
    }

    /// Whether the key made this signature over these bytes.
    public func isSignature(_ signature: [UInt8], over bytes: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: bytes)
    }
}

extension VerifierKey: LosslessStringConvertible {
    /// `hub/lane/WA/2026+1a2b3c4d+AQ…`
    public var description: String {
        "\(name)+\(Self.hex(id))+\(Base64.text([purpose.rawValue] + publicKey))"
    }

    /// Reads what `description` writes; `nil` for everything else.
    public init?(_ text: String) { try? self.init(reading: text) }

    /// - Throws: `key-name` or `verifier-key`.
    public init(reading text: String) throws(NoteError) {
        // Neither name nor ID has a plus in it; the base 64 may.
        let parts = text.utf8.split(separator: 0x2B, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .verifierKey }
        guard let name = String(parts[0]), Self.isName(name) else { throw .keyName }
        guard let bytes = Base64.bytes(parts[2]), let first = bytes.first,
            let purpose = Purpose(rawValue: first),
            let key = VerifierKey(name: name, purpose: purpose, publicKey: Array(bytes.dropFirst())),
            parts[1].elementsEqual(Self.hex(key.id).utf8)
        else { throw .verifierKey }
        self = key
    }

    private static func hex(_ id: UInt32) -> String {
        Hex.text(withUnsafeBytes(of: id.bigEndian, Array.init))
    }
}
