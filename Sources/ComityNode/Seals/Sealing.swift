package import ComityLedger
package import ComityService
package import ComityStore
import Foundation

/// Seals the ledgers of a home: one seal for the state of one ledger, only if it follows the seal before.
///
/// `SealingThread` needs `Seal.init` and its key alone, because the writer holds the tree itself; this is for programs that
/// come later and trust nothing but the store and the seals kept outside the home.
package struct Sealing: Sendable {
    private let key: MemorySealingKey
    private let shelf: SealShelf
    /// Seconds since 1970.
    private let now: UInt64

    package init(_ shelf: SealShelf, key: MemorySealingKey, now: UInt64) {
        self.key = key
        self.shelf = shelf
        self.now = now
    }

    /// The key with which the seals of a ledger are checked.
    package func verifierKey(of ledger: LedgerName) -> VerifierKey { key.verifierKey(of: ledger) }

    /// Seals a ledger, and keeps the seal.
    ///
    /// - Parameter tree: the ledger's tiles; its root at the head's size is compared with the head's.
    /// - Throws: `seal-conflict`, `ledger-damaged`.
    package func seal<Source>(
        _ head: HeadRow, name: LedgerName, tree: inout TiledTree<Source>
    ) throws -> Seal {
        let root = try tree.root(size: head.size)
        guard root == LedgerHash(head.root) else { throw LedgerTiles.damaged(name) }
        let seal: Seal
        do {
            let kept = try shelf.seal(of: name, key: verifierKey(of: name))
            seal = try Seal(name, size: head.size, root: root, time: date(after: kept), key: key)
            if let kept {
                let proof =
                    kept.size <= head.size ? try tree.consistencyProof(from: kept.size, to: head.size) : []
                try seal.follows(kept, proof: proof)
            }
        } catch let error as SealConflict {
            throw ServiceError(
                "seal-conflict", "ledger `\(name)` cannot be sealed: \(error)",
                next: "stop the switch, keep a copy of the home, and compare it with the last good one")
        } catch let error as NoteError {
            throw ServiceError(
                "seal-conflict",
                "the seal of ledger `\(name)` that is kept beside the home cannot be believed: \(error)",
                next: "find out who changed it, or give the sealing key that the home was made with")
        }
        try keep(seal)
        return seal
    }
}

extension Sealing {
    /// Now; or the date of the seal before, if a clock was set back since by less than a switch minds.
    private func date(after kept: Seal?) -> UInt64 {
        guard let before = kept?.time, before > now, before - now <= LedgerAudit.grace else { return now }
        return before
    }

    private func keep(_ seal: Seal) throws {
        do {
            try shelf.keep([seal])
        } catch let error as SealConflict {
            throw ServiceError(
                "seal-conflict", "ledger `\(seal.ledger)` cannot be sealed: \(error)",
                next: "stop the switch, keep a copy of the home, and compare it with the last good one")
        }
    }

    /// Seals a state that a ledger was in, without a date: for counts, which name the states that they were made between.
    package func seal(_ state: LookupReplay.State, of ledger: LedgerName) throws -> Seal {
        try Seal(ledger, size: state.size, root: state.root, key: key)
    }
}

extension HomeReader {
    /// What seals this home's ledgers.
    package func sealing(at now: UInt64) throws -> Sealing {
        Sealing(
            SealShelf(configuration.sealedPath),
            key: try SealingKeyFile.loadOrCreate(configuration.sealingKeyPath), now: now)
    }

    /// The seals kept beside the store, of the ledgers that it may hold.
    ///
    /// - Parameters:
    ///   - names: the ledgers of the store that are asked about.
    ///   - owner: only seals of this owner's ledgers; `nil` for all.
    ///   - key: any ledger's key of this switch; the home's own key if `nil`.
    /// - Returns: the seals, and what is wrong with those that the key did not sign.
    package func keptSeals(
        _ names: [LedgerName], owner: String?, key: VerifierKey?
    ) throws -> (seals: [Seal], findings: [String]) {
        let shelf = SealShelf(configuration.sealedPath)
        var (seals, findings): ([Seal], [String]) = ([], [])
        // Those of the store too, whatever the first line of their seal says.
        let sealed = try shelf.ledgers().filter { owner == nil || $0.owner == owner }
        for name in Set(names + sealed).sorted() {
            // A ledger's name is always the name of a key.
            let own =
                try key?.renamed(name.description)
                ?? SealingKeyFile.load(configuration.sealingKeyPath).verifierKey(of: name)
            do {
                if let seal = try shelf.seal(of: name, key: own) { seals.append(seal) }
            } catch let error as NoteError {
                findings.append("the seal of ledger `\(name)` cannot be believed: \(error)")
            }
        }
        return (seals, findings)
    }
}
