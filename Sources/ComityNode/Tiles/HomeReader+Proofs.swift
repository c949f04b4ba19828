package import ComityExchange
package import ComityLedger
import ComityService
package import ComityStore
import ComityStoreSQLite
import Foundation

extension HomeReader {
    /// Writes a ledger as static files that anybody can check with the tools of other projects: `checkpoint`, tiles,
    /// entry bundles, and the verifier key.
    ///
    /// A folder that holds an older export of the same ledger is brought up to date; one that holds another ledger or
    /// another history is refused. The checkpoint comes last, so that whoever reads meanwhile sees the state before.
    package func publish(_ head: HeadRow, name: LedgerName, to folder: String, at now: UInt64) throws -> Seal
    {
        let sealing = try sealing(at: now)
        let (files, key) = (TileFolder(folder), sealing.verifierKey(of: name))
        let earlier = try FileManager.default.contents(atPath: folder + "/checkpoint").map { contents in
            do throws(NoteError) {
                return try Seal(Array(contents), key: key)
            } catch {
                throw ServiceError(
                    "folder-taken",
                    "`\(folder)` holds a checkpoint that this ledger's key did not make: \(error)",
                    next: "give an empty folder")
            }
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try LedgerTiles.write(head, name: name, from: store()) { try files.write($1, at: $0) }
        var tree = TiledTree(size: head.size, source: files)
        if let earlier, try earlier.size > head.size || tree.root(size: earlier.size) != earlier.root {
            throw ServiceError(
                "seal-conflict", "`\(folder)` holds a checkpoint of another history of ledger `\(name)`",
                next: "keep it: it may prove that this home was put back or changed")
        }
        let seal = try sealing.seal(head, name: name, tree: &tree)
        try DurableFile.write(Array("\(key)\n".utf8), to: folder + "/\(name.fileName).vkey")
        try DurableFile.write(seal.bytes, to: folder + "/checkpoint")
        return seal
    }

    /// Which entry of a look-up is proved.
    package enum ProvedEntry: String, CaseIterable, Sendable { case question, closing }

    /// A proof that an entry of a look-up stands in its owner's ledger: under the seal that a running switch made of the
    /// commit, if there is one, else under a seal of now.
    ///
    /// - Throws: `reference-unknown`, `not-ended`, `ledger-damaged`, `seal-conflict`.
    package func prove(
        _ reference: Reference, _ entry: ProvedEntry, at now: UInt64
    ) throws -> (proof: TlogProof, seal: Seal) {
        let store = try store()
        guard let found = try RecordedLookup.find(reference, views: views(), store: store).first else {
            throw ServiceError(
                "reference-unknown", "no look-up `\(reference)` is recorded here", next: "check it")
        }
        let (ledger, index, recorded): (LedgerName, UInt64, LedgerEntry)
        switch entry {
        case .question:
            (ledger, index, recorded) = (
                found.question.ledger, found.questionPosition, .question(found.question)
            )
        case .closing:
            guard let closing = found.closing, let position = found.closingPosition else {
                throw ServiceError(
                    "not-ended", "the look-up `\(reference)` has not ended yet", next: "try again when it has"
                )
            }
            (ledger, index, recorded) = (closing.ledger, position, .closing(closing))
        }
        let sealing = try sealing(at: now)
        let bytes = try recorded.encode()
        func attempt() throws -> (proof: TlogProof, seal: Seal) {
            let running = ControlClient.seal(home, of: ledger)
                .flatMap { try? Seal($0, key: sealing.verifierKey(of: ledger)) }
            let sizes = try TileShelf(home).grow(from: store)
            guard let head = try store.heads().first(where: { $0.name == ledger.description }) else {
                throw LedgerTiles.damaged(ledger)
            }
            // The tiles may reach further than the head that is read before; never less far than one read after.
            let size = min(head.size, sizes[head.ledger] ?? 0)
            var tree = TiledTree(size: size, source: TileShelf(home).tiles(of: head.ledger))
            if let running, running.size > index, running.size <= size,
                try tree.root(size: running.size) == running.root
            {
                let hashes = try tree.inclusionProof(index: index, size: running.size)
                let proof = TlogProof(
                    extra: bytes, index: index, hashes: hashes, checkpoint: running.bytes)
                _ = try proof.verify(sealing.verifierKey(of: ledger))
                return (proof, running)
            }
            var sealed = head
            if size < head.size {
                sealed.size = size
                sealed.root = try tree.root().bytes
            }
            let seal = try sealing.seal(sealed, name: ledger, tree: &tree)
            let proof = TlogProof(
                extra: bytes, index: index, hashes: try tree.inclusionProof(index: index),
                checkpoint: seal.bytes)
            _ = try proof.verify(sealing.verifierKey(of: ledger))
            return (proof, seal)
        }
        do {
            return try attempt()
        } catch is TileError {
        } catch is NoteError {
        } catch let error as ServiceError where error.code == "ledger-damaged" {}
        // Tiles may be damaged without harm: the entries decide.
        TileShelf(home).discard()
        do {
            return try attempt()
        } catch is NoteError {
            throw LedgerTiles.damaged(ledger)
        }
    }
}
