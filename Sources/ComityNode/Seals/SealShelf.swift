package import ComityLedger
import Foundation
import Glibc

/// The newest seal of each ledger, all in one small file outside the home: whoever puts back an old database does not put
/// back this, and is noticed.
///
/// The file is JSON, `{"format":1,"seals":["…", …]}`, each seal the text of a signed note. It is replaced whole. Several
/// processes may write (a running switch, and somebody who exports or proves meanwhile): each holds a lock while it reads,
/// compares and replaces, so that a ledger's seal never gives way to one of fewer entries.
package struct SealShelf: Sendable {
    private let path: String

    /// - Parameter path: `NodeConfiguration.sealedPath`.
    package init(_ path: String) { self.path = path }

    private struct Contents: Codable {
        var format = 1
        var seals: [String] = []
    }

    /// Whether there is a file at all.
    package var exists: Bool { access(path, F_OK) == 0 }

    /// The seal of a ledger as it is kept; `nil` if none is.
    ///
    /// - Throws: `NoteError` if it is not signed by the key; `HomeError.notUsable` if the file is damaged.
    package func seal(of ledger: LedgerName, key: VerifierKey) throws -> Seal? {
        guard let note = try kept()[ledger] else { return nil }
        return try Seal(Array(note.utf8), key: key)
    }

    /// The ledgers of which a seal is kept, also those that the store no longer has. Whether the seals are good is
    /// another question.
    package func ledgers() throws -> [LedgerName] { try kept().keys.sorted() }

    /// Puts seals in the place of older ones, and returns when they are on the disk. A seal of fewer entries than the one
    /// that is kept is left out: somebody else was faster.
    ///
    /// - Throws: `SealConflict.otherHistory` if another root was sealed at the same size.
    package func keep(_ seals: some Sequence<Seal>) throws {
        let lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            throw HomeError.notUsable(path, why: String(cString: strerror(errno)))
        }
        defer { close(lock) }
        let before = try kept()
        var after = before
        for seal in seals {
            if let older = try before[seal.ledger].map(Self.state) {
                guard seal.size >= older.size else { continue }
                if seal.size == older.size, seal.root != older.root { throw SealConflict.otherHistory }
            }
            after[seal.ledger] = seal.note.description
        }
        guard after != before else { return }
        let contents = Contents(seals: after.sorted { $0.key < $1.key }.map(\.value))
        try DurableFile.write(Array(try JSONEncoder.readable.encode(contents)), to: path)
    }

    /// The text of each seal, unchecked.
    private func kept() throws -> [LedgerName: String] {
        guard exists else { return [:] }
        guard let bytes = FileManager.default.contents(atPath: path),
            let contents = try? JSONDecoder().decode(Contents.self, from: bytes), contents.format == 1
        else { throw damaged }
        var kept: [LedgerName: String] = [:]
        for note in contents.seals {
            guard let ledger = LedgerName(String(note.prefix { $0 != "\n" })) else { throw damaged }
            kept[ledger] = note
        }
        return kept
    }

    /// What a seal says, whoever signed it: a wrong signature is for the start of a switch to find.
    private static func state(_ note: String) throws -> Checkpoint {
        try Checkpoint(text: SignedNote(Array(note.utf8)).text)
    }

    private var damaged: HomeError {
        .notUsable(
            path,
            why:
                "it does not hold seals as a switch writes them; it is evidence: keep it, and find out who changed it"
        )
    }
}
