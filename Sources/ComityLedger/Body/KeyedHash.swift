import Crypto

/// HMAC-SHA256: a hash that nobody without the key can make, so that short values cannot be found by trying all.
public struct KeyedHash: Sendable {
    private let key: SymmetricKey

    public init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    /// 32 bytes.
    public func hash(_ bytes: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
    }
}
