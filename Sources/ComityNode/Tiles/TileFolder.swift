package import ComityLedger
import Foundation
import Glibc

/// Tiles and bundles as files under one folder, named as C2SP tlog-tiles names them.
package struct TileFolder: TileSource, Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package func bytes(at tile: TilePath) throws -> [UInt8]? {
        if let contents = FileManager.default.contents(atPath: file(tile)) { return Array(contents) }
        // A partial tile may have grown: what was asked for is its beginning.
        guard !tile.isFull, tile.kind != .entries,
            let full = FileManager.default.contents(atPath: file(tile.full))
        else { return nil }
        return Array(full.prefix(tile.width * LedgerHash.byteCount))
    }

    /// Writes one file, whole.
    package func write(_ bytes: [UInt8], at tile: TilePath) throws {
        let file = file(tile)
        if !FileManager.default.createFile(atPath: file, contents: Data(bytes)) {
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: file).deletingLastPathComponent().path,
                withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(fileURLWithPath: file))
        }
    }

    package func remove(_ tile: TilePath) { unlink(file(tile)) }

    private func file(_ tile: TilePath) -> String { path + "/\(tile)" }
}
