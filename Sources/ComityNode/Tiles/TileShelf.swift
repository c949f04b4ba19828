import ComityLedger
package import ComityStore
import Foundation
import Glibc

/// The hash tiles of every ledger of a home, grown from the entries whenever somebody needs a proof.
///
/// They are made from the store and may be deleted at any time. Nothing that must be right believes them: a proof
/// from them is checked against the ledger's root before it is handed out.
package struct TileShelf: Sendable {
    private let folder: String

    package init(_ home: Home) { folder = home.tiles }

    /// How far the tiles reach.
    private struct Cursor: Codable {
        /// The last entry, of any ledger, that is in them.
        var through: Int64 = 0
        /// The sizes of the ledgers, by the store's number.
        var sizes: [Int64: UInt64] = [:]
    }

    /// Entries read at once.
    private static let step = 5000

    /// Takes in what was committed since the last time.
    ///
    /// - Returns: the sizes that the tiles have, by the store's number of the ledger.
    package func grow(from store: some EntrySource) throws -> [Int64: UInt64] {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let lock = open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            throw HomeError.notUsable(folder, why: String(cString: strerror(errno)))
        }
        defer { close(lock) }
        let before = cursor()
        let heads = Dictionary(uniqueKeysWithValues: try store.heads().map { ($0.ledger, $0.size) })
        // A store that is shorter than its tiles was put back: then everything is made anew.
        let isGrown = before.sizes.allSatisfy { heads[$0.key] ?? 0 >= $0.value }
        if isGrown, let after = try grow(before, from: store) { return after.sizes }
        return try grow(Cursor(), from: store)?.sizes ?? [:]
    }

    /// The tiles of one ledger.
    package func tiles(of ledger: Int64) -> TileFolder { TileFolder(folder + "/\(ledger)") }

    /// Throws the tiles away; the next growing makes them anew.
    package func discard() { unlink(folder + "/cursor") }

    private func grow(_ before: Cursor, from store: some EntrySource) throws -> Cursor? {
        var (after, builders) = (before, [Int64: TileBuilder]())
        while true {
            let rows = try store.entries(after: after.through, limit: Self.step)
            for row in rows {
                if builders[row.ledger] == nil {
                    guard
                        let builder = try TileBuilder(
                            resuming: before.sizes[row.ledger] ?? 0, keepsEntries: false,
                            from: tiles(of: row.ledger))
                    else { return nil }
                    builders[row.ledger] = builder
                }
                guard builders[row.ledger]?.size == row.position else { return nil }
                let tiles = tiles(of: row.ledger)
                try builders[row.ledger]?.append(row.bytes) { try tiles.write($1, at: $0) }
                after.through = row.id
            }
            if rows.count < Self.step { break }
        }
        for (ledger, builder) in builders {
            let tiles = tiles(of: ledger)
            try builder.partials { try tiles.write($1, at: $0) }
            after.sizes[ledger] = builder.size
        }
        try DurableFile.write(Array(try JSONEncoder().encode(after)), to: folder + "/cursor")
        removePartials(of: before, now: after)
        return after
    }

    private func removePartials(of before: Cursor, now after: Cursor) {
        for (ledger, size) in before.sizes where after.sizes[ledger] != size {
            let (old, new) = (TileShape(size: size), TileShape(size: after.sizes[ledger] ?? 0))
            for level in 0..<old.levels {
                guard let path = old.tile(level, old.hashes(level) >> 8) else { continue }
                if new.tile(level, path.index) != path { tiles(of: ledger).remove(path) }
            }
        }
    }

    private func cursor() -> Cursor {
        FileManager.default.contents(atPath: folder + "/cursor")
            .flatMap { try? JSONDecoder().decode(Cursor.self, from: $0) } ?? Cursor()
    }
}
