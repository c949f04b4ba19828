/// A full subtree of a tree: the leaves `index << level ..< (index + 1) << level`.
public struct MerkleNode: Hashable, Sendable {
    /// 0 for a leaf.
    public var level: UInt64
    /// Counted from the left on its level.
    public var index: UInt64

    public init(level: UInt64, index: UInt64) {
        self.level = level
        self.index = index
    }
}

/// A proof was asked for that the tree cannot have.
public enum MerkleProofError: String, Error, Hashable, Sendable, CustomStringConvertible {
    /// The leaf, or the older tree, is not within the tree.
    case outsideTheTree = "outside-the-tree"

    public var description: String { "no such proof: the position or the older size is outside the tree" }
}

/// Gives the hash of a full subtree; a leaf is level 0. Throws what its storage throws.
public typealias MerkleHashSource = (MerkleNode) throws -> LedgerHash

extension Merkle {
    /// The hashes that tie a leaf to the root (section 2.1.3.1), the nearest to the leaf first.
    ///
    /// - Parameters:
    ///   - index: the leaf, counted from 0.
    ///   - size: the size of the tree that the proof is for.
    ///   - hash: the hashes of full subtrees within that size. Asked for O(log² n) of them at most.
    public static func inclusionProof(
        index: UInt64, size: UInt64, hash: MerkleHashSource
    ) throws -> [LedgerHash] {
        guard index < size else { throw MerkleProofError.outsideTheTree }
        var path: [LedgerHash] = []
        var low: UInt64 = 0
        var high = size
        while high - low > 1 {
            let middle = low + split(high - low)
            if index < middle {
                path.append(try root(of: middle..<high, hash: hash))
                high = middle
            } else {
                path.append(try root(of: low..<middle, hash: hash))
                low = middle
            }
        }
        return path.reversed()
    }

    /// The hashes that tie an older root to a newer one (section 2.1.4.1). Empty if the sizes are equal or the older
    /// tree has no leaves.
    public static func consistencyProof(
        from older: UInt64, to newer: UInt64, hash: MerkleHashSource
    ) throws -> [LedgerHash] {
        guard older <= newer else { throw MerkleProofError.outsideTheTree }
        guard older > 0, older < newer else { return [] }
        var path: [LedgerHash] = []
        var low: UInt64 = 0
        var high = newer
        while older != high {
            let middle = low + split(high - low)
            if older <= middle {
                path.append(try root(of: middle..<high, hash: hash))
                high = middle
            } else {
                path.append(try root(of: low..<middle, hash: hash))
                low = middle
            }
        }
        // The older tree ends where a subtree of the newer does. Its hash is left out if it is the whole older
        // tree, because then the verifier has it.
        if low > 0 { path.append(try root(of: low..<high, hash: hash)) }
        return path.reversed()
    }

    /// The root of the first `size` leaves.
    public static func root(size: UInt64, hash: MerkleHashSource) throws -> LedgerHash {
        size == 0 ? emptyRoot : try root(of: 0..<size, hash: hash)
    }

    /// The hash over some leaves, of which the first stands at a place where a subtree of that many begins.
    private static func root(of leaves: Range<UInt64>, hash: MerkleHashSource) throws -> LedgerHash {
        let count = leaves.upperBound - leaves.lowerBound
        if count.nonzeroBitCount == 1 {
            let level = UInt64(count.trailingZeroBitCount)
            return try hash(MerkleNode(level: level, index: leaves.lowerBound >> level))
        }
        let middle = leaves.lowerBound + split(count)
        return nodeHash(
            try root(of: leaves.lowerBound..<middle, hash: hash),
            try root(of: middle..<leaves.upperBound, hash: hash))
    }

    /// The largest power of two below a count of at least two.
    private static func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }
}
