/// All that is needed to append to a tree and to know its root: one hash for each one bit of its size.
///
/// Appending is O(1) on average, the root O(log n). A tree of a billion leaves needs at most 30 hashes.
public struct MerkleFrontier: Hashable, Sendable {
    /// How many leaves there are.
    public private(set) var size: UInt64
    /// The roots of the full subtrees, the largest (leftmost) first.
    public private(set) var hashes: [LedgerHash]

    /// The tree without leaves.
    public init() {
        size = 0
        hashes = []
        hashes.reserveCapacity(32)
    }

    /// Continues a tree. `nil` unless there is one hash for each one bit of the size.
    public init?(size: UInt64, hashes: [LedgerHash]) {
        guard hashes.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.hashes = hashes
    }

    /// Appends one leaf. A tree cannot grow past 2^64 − 1 leaves; nobody lives to see it.
    public mutating func append(_ leafHash: LedgerHash) {
        var hash = leafHash
        var carry = size
        while carry & 1 == 1 {
            hash = Merkle.nodeHash(hashes.removeLast(), hash)
            carry >>= 1
        }
        hashes.append(hash)
        size += 1
    }

    /// Appends leaves in their order.
    public mutating func append(contentsOf leafHashes: some Sequence<LedgerHash>) {
        for hash in leafHashes { append(hash) }
    }

    /// The root of the tree at its present size.
    public var root: LedgerHash {
        guard var root = hashes.last else { return Merkle.emptyRoot }
        for left in hashes.dropLast().reversed() { root = Merkle.nodeHash(left, root) }
        return root
    }
}

extension MerkleFrontier {
    /// The size as eight bytes, big-endian, then the hashes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + hashes.count * LedgerHash.byteCount)
        withUnsafeBytes(of: size.bigEndian) { bytes.append(contentsOf: $0) }
        for hash in hashes { withUnsafeBytes(of: hash) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// Reads what `bytes` wrote. `nil` if the length does not fit the size.
    ///
    /// A wrong hash cannot be seen here: compare `root` with a root that was kept elsewhere.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        let size = bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let rest = bytes.dropFirst(8)
        guard rest.count == size.nonzeroBitCount * LedgerHash.byteCount else { return nil }
        let hashes = stride(from: 8, to: bytes.count, by: LedgerHash.byteCount).compactMap {
            LedgerHash(bytes[$0..<$0 + LedgerHash.byteCount])
        }
        self.init(size: size, hashes: hashes)
    }
}
