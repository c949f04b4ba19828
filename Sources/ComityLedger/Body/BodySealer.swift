/// Keeps what only the switch itself reads again unreadable on disk: mail on its way, and its own copies of epoch keys.
/// The bodies of questions are for others too; see `Envelope`.
public protocol BodySealer: Sendable {
    /// Seals a body so that it opens only at its place.
    ///
    /// - Parameter nonce: 24 fresh random bytes, never used before.
    func seal(_ body: [UInt8], at place: BodyPlace, nonce: SealNonce) throws(SealError) -> [UInt8]

    /// Opens what `seal` made.
    ///
    /// - Throws: `damaged` if one bit was changed or the place is another one.
    func open(_ sealed: [UInt8], at place: BodyPlace) throws(SealError) -> [UInt8]
}

/// The place of a sealed body: a body moved to another entry does not open.
public struct BodyPlace: Hashable, Sendable {
    /// What the body is, so that one kind cannot stand in for another.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The body of a question entry.
        case question
        /// The body of a review entry.
        case review
        /// The body of a relay entry.
        case relay
        /// The body of a resend entry.
        case resend
        /// A message that waits and has no number yet.
        case queue
        /// A message on its way out, kept until it is acknowledged.
        case mail
        /// The switch's own copy of an epoch key.
        case epoch
        /// A part of an owner's index of licence numbers.
        case index
    }

    public var kind: Kind
    public var ledger: LedgerName
    public var transaction: TransactionID

    public init(_ kind: Kind, ledger: LedgerName, transaction: TransactionID) {
        self.kind = kind
        self.ledger = ledger
        self.transaction = transaction
    }
}

/// 24 random bytes for one sealing.
public struct SealNonce: Hashable, Sendable {
    public let bytes: [UInt8]

    /// How many bytes a nonce has.
    public static let byteCount = 24

    /// `nil` unless there are exactly 24 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }
}

/// Why a body cannot be sealed or opened. It never says what is in one.
public enum SealError: String, Error, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// Too short to be a sealed body, or of a format that this program does not know.
    case unknownFormat = "unknown-format"
    /// Sealed under another key.
    case otherKey = "other-key"
    /// Changed, cut, or moved from another place.
    case damaged
    /// The cryptographic library refused to seal.
    case notSealed = "not-sealed"

    public var description: String {
        switch self {
        case .unknownFormat: "the sealed body has a format that this program does not know"
        case .otherKey: "the body was sealed under another switch key; give the key that was in use then"
        case .damaged: "the sealed body was changed, or moved from another entry"
        case .notSealed: "the body could not be sealed"
        }
    }
}
