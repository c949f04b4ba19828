import Crypto

/// Ties an entry to bytes that lie beside the ledger, without telling anything about them.
///
/// SHA-256 of a domain, 32 random bytes and the canonical bytes. Without the random bytes anybody could try all
/// licence numbers and find the one that fits.
public struct Commitment: Hashable, Sendable {
    /// The commitment itself.
    public let hash: LedgerHash

    /// A commitment that was recorded.
    public init(_ hash: LedgerHash) { self.hash = hash }

    /// What is committed to, so that one thing can never pass for another. The text is hashed first, with a line
    /// feed after it.
    public enum Domain: String, CaseIterable, Hashable, Sendable {
        case question = "comity/question/v1"
        case answer = "comity/answer/v1"
        case search = "comity/search/v1"
        case review = "comity/review/v1"
        case relay = "comity/relay/v1"
        case resend = "comity/resend/v1"
    }

    /// Commits to bytes.
    public init(_ domain: Domain, salt: Salt, body: [UInt8]) {
        var hasher = SHA256()
        var start = Array(domain.rawValue.utf8)
        start.append(0x0A)
        start.append(contentsOf: salt.bytes)
        hasher.update(data: start)
        hasher.update(data: body)
        hash = hasher.finalize().withUnsafeBytes { LedgerHash(copying: $0) }
    }
}

/// 32 random bytes that make a commitment impossible to guess. Secret as long as the body is.
public struct Salt: Hashable, Sendable {
    public let bytes: [UInt8]

    /// How many bytes a salt has.
    public static let byteCount = 32

    /// `nil` unless there are exactly 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// The salt of the answer to the question that this is the salt of.
    ///
    /// Answers are not kept, and neither is a second salt: whoever may open the question's body can compute it and
    /// check an answer in his hands against the ledger.
    public var forAnswer: Salt {
        var hasher = SHA256()
        hasher.update(data: Array("comity/answer-salt/v1\n".utf8))
        hasher.update(data: bytes)
        return Salt(unchecked: Array(hasher.finalize()))
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}
