/// Makes the tiles of a growing tree: full ones as soon as they are full, partial ones when asked.
///
/// It keeps one unfinished tile for each level and no more, so its memory does not grow with the tree.
public struct TileBuilder: Sendable {
    /// Takes what is finished. Throws what its storage throws.
    public typealias Sink = (TilePath, [UInt8]) throws -> Void

    /// The hashes of each level that fill no tile yet.
    private var rows: [[LedgerHash]] = [[]]
    /// The entries that fill no bundle yet; `nil` if bundles are not made.
    private var bundle: [UInt8]?
    /// How many leaves there are.
    public private(set) var size: UInt64 = 0

    /// - Parameter keepsEntries: whether entry bundles are made as well as tiles.
    public init(keepsEntries: Bool = true) {
        bundle = keepsEntries ? [] : nil
        rows[0].reserveCapacity(TilePath.fullWidth)
    }

    /// Goes on where tiles end that were made before. `nil` if a tile is missing or of the wrong length.
    public init?(resuming size: UInt64, keepsEntries: Bool, from source: some TileSource) throws {
        self.init(keepsEntries: keepsEntries)
        let shape = TileShape(size: size)
        for level in 0..<shape.levels {
            if level > 0 { rows.append([]) }
            guard let path = shape.tile(level, shape.hashes(level) >> 8) else { continue }
            guard let bytes = try source.bytes(at: path),
                let hashes = HashTile.hashes(bytes, width: path.width)
            else { return nil }
            rows[Int(level)] = hashes
        }
        if keepsEntries, let path = shape.bundle(size >> 8) {
            guard let bytes = try source.bytes(at: path), EntryBundle.places(bytes, width: path.width) != nil
            else { return nil }
            bundle = bytes
        }
        self.size = size
    }

    /// Appends an entry. An entry of more than 65,535 bytes has no place in a bundle; ours have 1,024 at most.
    public mutating func append(_ entry: [UInt8], to sink: Sink) throws {
        if bundle != nil {
            guard EntryBundle.append(entry, to: &bundle!) else { throw TileError.entryTooLong }
            if size & 255 == 255 {
                try sink(TilePath(.entries, size >> 8, TilePath.fullWidth), bundle!)
                bundle!.removeAll(keepingCapacity: true)
            }
        }
        try append(leafHash: Merkle.leafHash(entry), to: sink)
    }

    /// Appends a leaf whose entry is not at hand; only where bundles are not made.
    public mutating func append(leafHash: LedgerHash, to sink: Sink) throws {
        rows[0].append(leafHash)
        size += 1
        var level = 0
        while rows[level].count == TilePath.fullWidth {
            let index = (size >> (8 * UInt64(level))) / 256 - 1
            let row = rows[level]
            try sink(TilePath(.hashes(level: UInt8(level)), index, TilePath.fullWidth), HashTile.bytes(row))
            rows[level].removeAll(keepingCapacity: true)
            level += 1
            if level == rows.count { rows.append([]) }
            rows[level].append(HashTile.root(row))
        }
    }

    /// Hands out the partial tiles of the present size. Appending may go on afterwards.
    public func partials(to sink: Sink) throws {
        let shape = TileShape(size: size)
        for (level, row) in rows.enumerated() where !row.isEmpty {
            let path = TilePath(.hashes(level: UInt8(level)), shape.hashes(UInt8(level)) >> 8, row.count)
            try sink(path, HashTile.bytes(row))
        }
        if let bundle, let path = shape.bundle(size >> 8) { try sink(path, bundle) }
    }

    /// The tree at its present size, from which it can grow on without tiles.
    public var frontier: MerkleFrontier {
        // The largest subtrees stand leftmost, that is, in the highest level.
        var hashes: [LedgerHash] = []
        for row in rows.reversed() { hashes += Self.subtrees(of: row) }
        return MerkleFrontier(size: size, hashes: hashes) ?? MerkleFrontier()
    }

    public var root: LedgerHash { frontier.root }

    /// The roots of the full subtrees over a row, the largest first.
    static func subtrees(of row: [LedgerHash]) -> [LedgerHash] {
        var frontier = MerkleFrontier()
        frontier.append(contentsOf: row)
        return frontier.hashes
    }
}

/// Why tiles cannot be made or read.
public enum TileError: Error, Hashable, Sendable {
    /// The entry is longer than a bundle can say.
    case entryTooLong
    /// The tree has a tile that the source does not.
    case missing(TilePath)
    /// A tile has another length than its path says.
    case wrongLength(TilePath)
}

extension TileError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .entryTooLong: "an entry has more than 65,535 bytes and fits in no bundle"
        case .missing(let path): "the tile `\(path)` is missing; make the tiles anew from the entries"
        case .wrongLength(let path):
            "the tile `\(path)` has another length than its name says; make the tiles anew from the entries"
        }
    }
}
