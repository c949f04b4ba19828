import ArgumentParser
import ComityLedger
import ComityNode
import ComityService
import Foundation

/// Checks exported tiles, for `comity ledger verify --tiles`.
struct TilesVerify {
    let folder: String
    let key: String
    /// Checkpoints that somebody kept.
    let seen: [String]

    struct Report: Encodable {
        let sound: Bool
        let ledger: String
        let entries: UInt64
        let root: String
        let sealed: UInt64?
        let lookups: UInt64
        let findings: [String]
    }

    func run() throws -> Report {
        let key = try VerifierKeyFile.load(key)
        let (seal, seen): (Seal, [Seal])
        do {
            seal = try Self.seal(folder + "/checkpoint", key)
            seen = try self.seen.map { try Self.seal($0, key) }
        } catch let error as NoteError {
            return Report(
                sound: false, ledger: key.name, entries: 0, root: "", sealed: nil, lookups: 0,
                findings: ["the seal: \(error.rawValue): \(error)"])
        }
        let files = TileFolder(folder)
        let audit = try SealedAudit(
            seal, seen: seen, source: files, tiles: SealedFiles.findings(seal, source: files))
        return Report(
            sound: audit.isSound, ledger: key.name, entries: seal.size, root: "\(seal.root)",
            sealed: seal.time,
            lookups: audit.report.counts.kinds[.question] ?? 0, findings: audit.findings)
    }

    private static func seal(_ file: String, _ key: VerifierKey) throws -> Seal {
        guard let contents = FileManager.default.contents(atPath: file) else {
            throw ServiceError(
                "file-unreadable", "the file `\(file)` cannot be read", next: "check the name of the folder")
        }
        return try Seal(Array(contents), key: key)
    }
}
