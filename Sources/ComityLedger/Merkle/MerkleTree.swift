/// A tree that keeps the hash of every full subtree in memory: two hashes for each leaf.
///
/// It is a hash source for proofs of small ledgers, of tests and of the in-memory store. Large ledgers read their
/// hashes from tiles.
public struct MerkleTree: Hashable, Sendable {
    /// `levels[0]` are the leaves; each level holds the full subtrees only.
    private var levels: [[LedgerHash]] = [[]]

    public init() {}

    public init(leafHashes: some Sequence<LedgerHash>) {
        for hash in leafHashes { append(hash) }
    }

    public var size: UInt64 { UInt64(levels[0].count) }

    public mutating func append(_ leafHash: LedgerHash) {
        levels[0].append(leafHash)
        var level = 0
        while levels[level].count.isMultiple(of: 2) {
            let pair = levels[level].suffix(2)
            let parent = Merkle.nodeHash(pair[pair.startIndex], pair[pair.startIndex + 1])
            level += 1
            if level == levels.count { levels.append([]) }
            levels[level].append(parent)
        }
    }

    /// The hash of a full subtree.
    public func hash(of node: MerkleNode) throws(MerkleProofError) -> LedgerHash {
        guard node.level < UInt64(levels.count), node.index < UInt64(levels[Int(node.level)].count) else {
            throw .outsideTheTree
        }
        return levels[Int(node.level)][Int(node.index)]
    }

    /// The root of the first leaves; of all of them without an argument.
    public func root(size: UInt64? = nil) throws -> LedgerHash {
        try Merkle.root(size: size ?? self.size, hash: hash(of:))
    }

    public func inclusionProof(index: UInt64, size: UInt64) throws -> [LedgerHash] {
        guard size <= self.size else { throw MerkleProofError.outsideTheTree }
        return try Merkle.inclusionProof(index: index, size: size, hash: hash(of:))
    }

    public func consistencyProof(from older: UInt64, to newer: UInt64) throws -> [LedgerHash] {
        guard newer <= size else { throw MerkleProofError.outsideTheTree }
        return try Merkle.consistencyProof(from: older, to: newer, hash: hash(of:))
    }
}
