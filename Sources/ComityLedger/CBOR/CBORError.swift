/// Why bytes are not deterministic CBOR, and where.
public struct CBORError: Error, Hashable, Sendable {
    /// What is wrong. The raw value is stable: the vectors in `Spec/ledger` and other implementations use it.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The bytes end in the middle of an item.
        case truncated
        /// Bytes follow the item.
        case trailingBytes = "trailing-bytes"
        /// A number or a length is written longer than it needs to be.
        case notShortest = "not-shortest"
        /// An item of indefinite length, or a stray break.
        case indefiniteLength = "indefinite-length"
        /// An additional-information value that RFC 8949 reserves (28 to 30).
        case reserved
        /// A map key is smaller than the one before it, in the order of encoded bytes.
        case keyOrder = "key-order"
        /// A map has the same key twice.
        case duplicateKey = "duplicate-key"
        /// A text string is not valid UTF-8.
        case invalidText = "invalid-text"
        /// A floating-point number; Comity has none.
        case float
        /// A tag; Comity has none.
        case tag
        /// A simple value other than false, true and null.
        case simpleValue = "simple-value"
        /// Arrays and maps stand more than `CBORLimits.depth` deep in one another.
        case tooDeep = "too-deep"
        /// The whole is longer than `CBORLimits.bytes`.
        case tooLarge = "too-large"
        /// A well-formed item of another type than the format asks for at this place.
        case wrongType = "wrong-type"
    }

    /// What is wrong.
    public let kind: Kind
    /// The byte at which it was seen, counted from 0.
    public let offset: Int

    public init(_ kind: Kind, at offset: Int) {
        self.kind = kind
        self.offset = offset
    }
}

extension CBORError: CustomStringConvertible {
    /// `not deterministic CBOR at byte 17: not-shortest`.
    public var description: String { "not deterministic CBOR at byte \(offset): \(kind.rawValue)" }
}

/// How much the decoder accepts.
public struct CBORLimits: Hashable, Sendable {
    /// The longest encoding, in bytes.
    public var bytes: Int
    /// How many arrays and maps may stand in one another.
    public var depth: Int

    public init(bytes: Int, depth: Int) {
        self.bytes = bytes
        self.depth = depth
    }

    /// For bodies: a message of 14,400 bytes with its routing fits with room to spare.
    public static let standard = CBORLimits(bytes: 65_536, depth: 16)
}
