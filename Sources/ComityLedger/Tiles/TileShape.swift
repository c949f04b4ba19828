/// Which tiles a tree of one size has.
public struct TileShape: Hashable, Sendable {
    /// The size of the tree.
    public let size: UInt64

    public init(size: UInt64) { self.size = size }

    /// The levels with at least one hash: 0 for the empty tree, at most 8.
    public var levels: UInt8 { UInt8((64 - size.leadingZeroBitCount + 7) / 8) }

    /// How many hashes a level has: full tiles of the level below, or leaves.
    public func hashes(_ level: UInt8) -> UInt64 { level < 8 ? size >> (8 * UInt64(level)) : 0 }

    /// How many tiles a level has, a partial one included.
    public func tiles(_ level: UInt8) -> UInt64 {
        let hashes = hashes(level)
        return hashes >> 8 + (hashes & 255 == 0 ? 0 : 1)
    }

    /// How many hashes a tile has; 0 if the tree has no such tile.
    public func width(_ level: UInt8, _ index: UInt64) -> Int {
        let hashes = hashes(level)
        let full = hashes >> 8
        return index < full ? TilePath.fullWidth : index == full ? Int(hashes & 255) : 0
    }

    /// The path of a tile; `nil` if the tree has no such tile.
    public func tile(_ level: UInt8, _ index: UInt64) -> TilePath? {
        TilePath(.hashes(level: level), index: index, width: width(level, index))
    }

    /// The path of an entry bundle; `nil` if the tree has no such bundle.
    public func bundle(_ index: UInt64) -> TilePath? {
        TilePath(.entries, index: index, width: width(0, index))
    }
}
