/// Where the bytes of tiles and bundles come from: a folder, a table, a network, a cache.
public protocol TileSource {
    /// The bytes of one file; `nil` if there is none. Throws what the storage throws.
    ///
    /// Whoever has the full file when a partial one is asked for gives the beginning of it.
    func bytes(at path: TilePath) throws -> [UInt8]?
}

/// Tiles in memory, for small ledgers and tests.
public struct MemoryTiles: TileSource, Sendable {
    public var files: [TilePath: [UInt8]]

    public init(_ files: [TilePath: [UInt8]] = [:]) { self.files = files }

    public func bytes(at path: TilePath) -> [UInt8]? { files[path] }
}
