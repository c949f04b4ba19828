import ComityLedger
import ComityStore

extension SealShelf {
    /// Holds the ledgers against the seals that are kept outside the home, before a switch goes on with them.
    ///
    /// That a longer ledger begins with what was sealed is for `comity ledger verify` to find: it takes reading all of it.
    ///
    /// - Returns: the latest date of the seals, in seconds since 1970; 0 if there is none. Later seals must not be earlier.
    /// - Throws: `SealedStartError` if a ledger is gone, shorter than it was sealed, of another root, or if a seal is not
    ///   one of this key.
    func check(_ heads: [HeadRow], key: MemorySealingKey) throws -> UInt64 {
        var latest: UInt64 = 0
        let found = Dictionary(uniqueKeysWithValues: heads.map { ($0.name, $0) })
        for ledger in try ledgers() {
            let seal: Seal?
            do {
                seal = try self.seal(of: ledger, key: key.verifierKey(of: ledger))
            } catch let error as NoteError {
                throw SealedStartError.otherKey(ledger, why: "\(error)")
            }
            guard let seal else { continue }
            latest = max(latest, seal.time ?? 0)
            let head = found[ledger.description]
            guard let head, head.size >= seal.size else {
                throw SealedStartError.older(ledger, sealed: seal.size, found: head?.size ?? 0)
            }
            if head.size == seal.size, head.root != seal.root.bytes {
                throw SealedStartError.otherHistory(ledger)
            }
        }
        return latest
    }
}

/// Why a switch does not start on a database.
enum SealedStartError: Error, CustomStringConvertible {
    case older(LedgerName, sealed: UInt64, found: UInt64)
    case otherHistory(LedgerName)
    case otherKey(LedgerName, why: String)

    var description: String {
        switch self {
        case .older(let ledger, let sealed, let found):
            "ledger `\(ledger)` was sealed with \(sealed) entries and has \(found): an older database was put back; "
                + "put back the newest one, or keep this home and the file of its seals as evidence and start a new one"
        case .otherHistory(let ledger):
            "ledger `\(ledger)` has another root than the one that was sealed: it was rewritten; keep a copy, and run "
                + "`comity ledger verify`"
        case .otherKey(let ledger, let why):
            "the seal of ledger `\(ledger)` that is kept beside the home cannot be believed (\(why)); give the sealing "
                + "key that the home was made with"
        }
    }
}
