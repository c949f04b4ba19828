/// The hashes of one tile, and those of the subtrees over them.
public struct HashTile: Hashable, Sendable {
    /// `levels[0]` are the hashes of the tile; each level above holds the full subtrees only, up to one over all of
    /// a full tile.
    private let levels: [[LedgerHash]]

    /// Reads the bytes of a tile. `nil` unless there are exactly as many hashes as the width says.
    public init?(_ bytes: [UInt8], width: Int) {
        guard let hashes = Self.hashes(bytes, width: width) else { return nil }
        self.init(hashes)
    }

    /// Takes at most 256 hashes; `nil` for more, or none.
    public init?(_ hashes: [LedgerHash]) {
        guard (1...TilePath.fullWidth).contains(hashes.count) else { return nil }
        var levels = [hashes]
        while let below = levels.last, below.count > 1 {
            levels.append(
                stride(from: 1, to: below.count, by: 2).map { Merkle.nodeHash(below[$0 - 1], below[$0]) })
        }
        self.levels = levels
    }

    public var hashes: [LedgerHash] { levels[0] }

    /// The root of the subtree over `1 << height` hashes from `index << height` on; `nil` if the tile does not have
    /// them all.
    public func subtree(height: Int, index: Int) -> LedgerHash? {
        guard levels.indices.contains(height), levels[height].indices.contains(index) else { return nil }
        return levels[height][index]
    }

    /// Reads the hashes without computing anything over them.
    public static func hashes(_ bytes: [UInt8], width: Int) -> [LedgerHash]? {
        guard width > 0, bytes.count == width * LedgerHash.byteCount else { return nil }
        return bytes.withUnsafeBytes { buffer in
            (0..<width).map { LedgerHash(copying: UnsafeRawBufferPointer(rebasing: buffer[($0 * 32)...])) }
        }
    }

    /// The bytes of a tile.
    public static func bytes(_ hashes: some Collection<LedgerHash>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * LedgerHash.byteCount)
        for hash in hashes { withUnsafeBytes(of: hash) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// The root over the hashes of a full tile, in the memory that is given away for it.
    static func root(_ hashes: consuming [LedgerHash]) -> LedgerHash {
        var count = hashes.count
        while count > 1 {
            count /= 2
            for place in 0..<count {
                hashes[place] = Merkle.nodeHash(hashes[2 * place], hashes[2 * place + 1])
            }
        }
        return hashes[0]
    }
}
