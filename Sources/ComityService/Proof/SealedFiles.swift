package import ComityLedger
import Dispatch
import Synchronization

/// Checks the files of a sealed ledger on every processor at once.
package enum SealedFiles {
    /// Tiles of level 0 that one thread takes at a time.
    private static let share: UInt64 = 64

    /// What is wrong with the files, in their order. Throws what the source throws.
    package static func findings(
        _ seal: Seal, source: some TileSource & Sendable
    ) throws -> [TileFinding] {
        let shape = TileShape(size: seal.size)
        let found = Mutex<(parts: [UInt64: [TileFinding]], error: (any Error)?)>(([:], nil))
        let shares = shape.tiles(0) / share + 1
        DispatchQueue.concurrentPerform(iterations: Int(shares)) { part in
            var verification = TileVerification(size: seal.size, root: seal.root, source: source)
            do {
                var findings: [TileFinding] = []
                let first = UInt64(part) * share
                for index in first..<min(first + share, max(first, shape.tiles(0))) {
                    findings += try verification.tile(0, index)
                }
                if !findings.isEmpty { found.withLock { $0.parts[UInt64(part)] = findings } }
            } catch {
                found.withLock { $0.error = error }
            }
        }
        // The levels above are few.
        var verification = TileVerification(size: seal.size, root: seal.root, source: source)
        var findings = try verification.edge()
        for level in 1..<max(1, shape.levels) {
            for index in 0..<shape.tiles(level) { findings += try verification.tile(level, index) }
        }
        return try found.withLock { found in
            if let error = found.error { throw error }
            return findings + found.parts.sorted { $0.key < $1.key }.flatMap(\.value)
        }
    }
}
