/// Holds entry bundles against tiles, tiles against the tiles above, and the topmost against a sealed root.
///
/// Every part can be checked by itself and in any order, so that several threads share the work: `tile` for each tile
/// of each level, and `edge` once. If all of them find nothing, every byte of every file is the one that was sealed.
public struct TileVerification<Source: TileSource> {
    public let shape: TileShape
    private let root: LedgerHash
    private let source: Source
    /// The tile that was read last on each level above the leaves: its neighbours below ask for it one after another.
    private var above: [TilePath: [LedgerHash]] = [:]

    /// - Parameters:
    ///   - size: as sealed.
    ///   - root: as sealed.
    public init(size: UInt64, root: LedgerHash, source: Source) {
        shape = TileShape(size: size)
        self.root = root
        self.source = source
    }

    /// Checks one tile, with the entries under it if it is of level 0, and the hash over it in the tile above if it
    /// is full. Throws what the source throws.
    public mutating func tile(_ level: UInt8, _ index: UInt64) throws -> [TileFinding] {
        guard let path = shape.tile(level, index) else { return [] }
        guard let hashes = try hashes(path) else { return [TileFinding(path, .unreadable)] }
        if level == 0, let finding = try entries(index, hashes) { return [finding] }
        guard path.isFull, let parent = shape.tile(level + 1, index >> 8) else { return [] }
        if above[parent] == nil {
            above = above.filter { $0.key.kind != parent.kind }
            above[parent] = try self.hashes(parent)
        }
        // A parent that cannot be read is found where it is checked itself.
        guard let over = above[parent], over[Int(index & 255)] != HashTile.root(hashes) else { return [] }
        return [TileFinding(path, .notAsAbove)]
    }

    /// Checks the partial tiles at the right edge against the sealed root.
    public func edge() throws -> [TileFinding] {
        var frontier: [LedgerHash] = []
        for level in (0..<shape.levels).reversed() {
            guard let path = shape.tile(level, shape.hashes(level) >> 8) else { continue }
            guard let hashes = try hashes(path) else { return [TileFinding(path, .unreadable)] }
            frontier += TileBuilder.subtrees(of: hashes)
        }
        let found = MerkleFrontier(size: shape.size, hashes: frontier)?.root
        return found == root ? [] : [TileFinding(nil, .otherRoot)]
    }

    /// Checks everything, from left to right, and ends at the first finding if told so.
    public mutating func all(stopsAtFirst: Bool = false) throws -> [TileFinding] {
        var findings = try edge()
        for level in 0..<shape.levels {
            for index in 0..<shape.tiles(level) {
                if stopsAtFirst, !findings.isEmpty { return findings }
                findings += try tile(level, index)
            }
        }
        return findings
    }

    private func hashes(_ path: TilePath) throws -> [LedgerHash]? {
        try source.bytes(at: path).flatMap { HashTile.hashes($0, width: path.width) }
    }

    private func entries(_ index: UInt64, _ hashes: [LedgerHash]) throws -> TileFinding? {
        guard let path = shape.bundle(index) else { return nil }
        guard var bytes = try source.bytes(at: path) else { return TileFinding(path, .unreadable) }
        var finding: TileFinding?
        let isRead = EntryBundle.eachLeafHash(&bytes, width: path.width) { number, leaf in
            if leaf != hashes[number] {
                finding = TileFinding(path, .notAsInTile, position: index << 8 + UInt64(number))
            }
            return finding == nil
        }
        return isRead ? finding : TileFinding(path, .unreadable)
    }
}

/// Something wrong with a file of a ledger.
public struct TileFinding: Hashable, Sendable {
    /// What is wrong. The raw value is stable.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// It is missing, or of another length or form than its name says.
        case unreadable = "tile-unreadable"
        /// An entry does not have the hash that stands in the tile.
        case notAsInTile = "not-as-in-tile"
        /// The tile does not have the root that stands in the tile above it.
        case notAsAbove = "not-as-above"
        /// The tiles do not have the sealed root.
        case otherRoot = "other-root"
    }

    /// The file; `nil` if it is the whole.
    public let path: TilePath?
    public let kind: Kind
    /// The entry, where it is one.
    public let position: UInt64?

    init(_ path: TilePath?, _ kind: Kind, position: UInt64? = nil) {
        self.path = path
        self.kind = kind
        self.position = position
    }
}

extension TileFinding: CustomStringConvertible {
    /// `tile/entries/000.p/9: not-as-in-tile (entry 3)`
    public var description: String {
        (path.map { "\($0)" } ?? "the ledger") + ": \(kind.rawValue)"
            + (position.map { " (entry \($0))" } ?? "")
    }
}
