/// A text signed by one or more keys, as C2SP signed-note has it.
///
/// The text must not be believed before `verify` says who signed it.
public struct SignedNote: Hashable, Sendable {
    /// One signature line.
    public struct Signature: Hashable, Sendable {
        public let name: String
        public let id: UInt32
        /// What follows the ID: 64 bytes for Ed25519.
        public let bytes: [UInt8]

        public init(name: String, id: UInt32, bytes: [UInt8]) {
            self.name = name
            self.id = id
            self.bytes = bytes
        }
    }

    /// The text with its last line feed, without the empty line behind it.
    public let text: String
    public let signatures: [Signature]

    /// Bytes of a note that are read, and signatures: a key of every witness fits many times over.
    public static let bytesMost = 1 << 20
    public static let signaturesMost = 100

    /// - Parameter text: ends with a line feed.
    public init(text: String, signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    /// The note as it is written down.
    public var description: String {
        text + "\n"
            + signatures.map { signature in
                let id = withUnsafeBytes(of: signature.id.bigEndian, Array.init)
                return "\u{2014} \(signature.name) \(Base64.text(id + signature.bytes))\n"
            }.joined()
    }

    /// Reads a note. Never traps, whatever the bytes.
    public init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= Self.bytesMost else { throw .tooLarge }
        guard let all = String(validating: bytes, as: UTF8.self),
            bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A })
        else { throw .notText }
        // The signatures begin behind the last empty line.
        guard bytes.last == 0x0A,
            let gap = (1..<max(1, bytes.count)).last(where: { bytes[$0] == 0x0A && bytes[$0 - 1] == 0x0A }),
            gap + 1 < bytes.count
        else { throw .noSignatures }
        let lines = bytes[(gap + 1)..<(bytes.count - 1)].split(
            separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count <= Self.signaturesMost else { throw .tooManySignatures }
        var signatures: [Signature] = []
        for line in lines { signatures.append(try Self.signature(line)) }
        text = String(decoding: all.utf8.prefix(gap), as: UTF8.self)
        self.signatures = signatures
    }

    private static func signature(_ line: ArraySlice<UInt8>) throws(NoteError) -> Signature {
        // The dash of U+2014 and a blank.
        guard line.starts(with: [0xE2, 0x80, 0x94, 0x20]) else { throw .signatureLine }
        let parts = line.dropFirst(4).split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .signatureLine }
        let name = String(decoding: parts[0], as: UTF8.self)
        guard VerifierKey.isName(name) else { throw .keyName }
        guard let bytes = Base64.bytes(parts[1]), bytes.count > 4 else { throw .signatureLine }
        return Signature(
            name: name, id: bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }, bytes: Array(bytes[4...]))
    }

    /// Checks that a key signed the text. Signatures of other keys say nothing and are passed over.
    ///
    /// - Throws: `unsigned`, `wrong-signature`.
    public func verify(_ key: VerifierKey) throws(NoteError) {
        let own = signatures.filter { $0.name == key.name && $0.id == key.id }
        guard !own.isEmpty else { throw .unsigned }
        let signed = Array(text.utf8)
        for signature in own where !key.isSignature(signature.bytes, over: signed) { throw .wrongSignature }
    }
}
