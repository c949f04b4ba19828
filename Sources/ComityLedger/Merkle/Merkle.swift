import Crypto

/// The tree of RFC 6962 and RFC 9162, with SHA-256. Section numbers here are those of RFC 9162.
///
/// Nothing in it knows what an entry is: a leaf is bytes.
public enum Merkle {
    /// The root of the tree without leaves: SHA-256 of nothing.
    public static let emptyRoot: LedgerHash = sha256(UnsafeRawBufferPointer(start: nil, count: 0))

    /// The hash of a leaf: SHA-256 of 0x00 and the entry (section 2.1.1).
    public static func leafHash(_ entry: [UInt8]) -> LedgerHash {
        // One call to the hash function for one leaf: prefix and entry are put side by side on the stack first.
        withUnsafeTemporaryAllocation(byteCount: entry.count + 1, alignment: 1) { buffer in
            buffer[0] = 0
            entry.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[1...]).copyMemory(from: $0)
            }
            return sha256(UnsafeRawBufferPointer(buffer))
        }
    }

    /// The hash of an inner node: SHA-256 of 0x01, the left and the right hash (section 2.1.1).
    public static func nodeHash(_ left: LedgerHash, _ right: LedgerHash) -> LedgerHash {
        withUnsafeBytes(of: NodeInput(left: left, right: right)) {
            // The prefix stands in the last byte of the padding before the hashes.
            sha256(UnsafeRawBufferPointer(rebasing: $0[7...]))
        }
    }

    static func sha256(_ bytes: UnsafeRawBufferPointer) -> LedgerHash {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return hasher.finalize().withUnsafeBytes { LedgerHash(copying: $0) }
    }
}

/// What is hashed for an inner node, laid out in memory as it is hashed: byte 7 is the prefix.
private struct NodeInput {
    var prefix = UInt64(0x01).bigEndian
    var left: LedgerHash
    var right: LedgerHash
}
