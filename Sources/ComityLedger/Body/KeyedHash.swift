import Crypto

/// HMAC-SHA256: a hash that nobody without the key can make, so that short values cannot be found by trying all.
public struct KeyedHash: Sendable {
    /// Begun with the key; each hash goes on from a copy.
    private let begun: HMAC<SHA256>

    public init(key: [UInt8]) { begun = HMAC(key: SymmetricKey(data: key)) }

    /// 32 bytes.
    public func hash(_ bytes: [UInt8]) -> [UInt8] {
        var hash = begun
        hash.update(data: bytes)
        return Array(hash.finalize())
    }
}
