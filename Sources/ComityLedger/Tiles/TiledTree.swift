/// A tree whose hashes are read from tiles: proofs, roots and frontiers of ledgers of any length.
///
/// It keeps the tiles read last, with the subtrees over their hashes. A proof from ten million entries reads three
/// tiles and the few partial ones at the right edge. It believes its tiles: check a proof against a sealed root.
public struct TiledTree<Source: TileSource> {
    /// The size of the tree. Proofs and roots may be asked for up to it.
    public let size: UInt64
    private let source: Source
    private let shape: TileShape
    private var kept: [TilePath: HashTile] = [:]
    private var order: [TilePath] = []
    private var oldest = 0
    private let keptMost: Int

    /// - Parameter keeping: how many tiles stay in memory, 16 kB each.
    public init(size: UInt64, source: Source, keeping: Int = 512) {
        self.size = size
        self.source = source
        shape = TileShape(size: size)
        keptMost = max(1, keeping)
    }

    /// The hash of a full subtree.
    public mutating func hash(of node: MerkleNode) throws -> LedgerHash {
        let (level, height) = (node.level / 8, node.level % 8)
        // The first of the tile's hashes that the subtree is over.
        guard level < 8, node.index <= UInt64.max >> height else { throw MerkleProofError.outsideTheTree }
        let first = node.index << height
        guard let path = shape.tile(UInt8(level), first >> 8),
            let hash = try tile(path).subtree(height: Int(height), index: Int(first & 255) >> height)
        else { throw MerkleProofError.outsideTheTree }
        return hash
    }

    /// The hashes that tie a leaf to the root of the first `size` leaves, the nearest to the leaf first.
    public mutating func inclusionProof(index: UInt64, size: UInt64? = nil) throws -> [LedgerHash] {
        let size = size ?? self.size
        guard size <= self.size else { throw MerkleProofError.outsideTheTree }
        return try Merkle.inclusionProof(index: index, size: size) { try hash(of: $0) }
    }

    /// The hashes that show that the tree of `older` leaves is the beginning of that of `newer`.
    public mutating func consistencyProof(from older: UInt64, to newer: UInt64? = nil) throws -> [LedgerHash]
    {
        let newer = newer ?? size
        guard newer <= size else { throw MerkleProofError.outsideTheTree }
        return try Merkle.consistencyProof(from: older, to: newer) { try hash(of: $0) }
    }

    /// The root of the first leaves; of all of them without an argument.
    public mutating func root(size: UInt64? = nil) throws -> LedgerHash {
        let size = size ?? self.size
        guard size <= self.size else { throw MerkleProofError.outsideTheTree }
        return try Merkle.root(size: size) { try hash(of: $0) }
    }

    /// From what the tree of the first leaves can grow on.
    public mutating func frontier(size: UInt64? = nil) throws -> MerkleFrontier {
        let size = size ?? self.size
        guard size <= self.size else { throw MerkleProofError.outsideTheTree }
        var (hashes, first): ([LedgerHash], UInt64) = ([], 0)
        for level in (0..<UInt64(64)).reversed() where size >> level & 1 == 1 {
            hashes.append(try hash(of: MerkleNode(level: level, index: first >> level)))
            first += 1 << level
        }
        return MerkleFrontier(size: size, hashes: hashes) ?? MerkleFrontier()
    }

    private mutating func tile(_ path: TilePath) throws -> HashTile {
        if let tile = kept[path] { return tile }
        guard let bytes = try source.bytes(at: path) else { throw TileError.missing(path) }
        guard let tile = HashTile(bytes, width: path.width) else { throw TileError.wrongLength(path) }
        // The tile that was read first makes room: good enough, because the tiles at the top are few.
        if order.count < keptMost {
            order.append(path)
        } else {
            kept[order[oldest]] = nil
            order[oldest] = path
            oldest = (oldest + 1) % keptMost
        }
        kept[path] = tile
        return tile
    }
}
