package import ComityDirectory
package import ComityExchange
package import ComityLedger
package import ComityMessages
package import ComityPolicy
package import ComityStore
import Synchronization

/// Every policy text that was ever in force, by its hash: what the control ledger keeps beside its entries.
package struct PolicyArchive: Sendable {
    private let texts: [LedgerHash: String]
    private let taxonomy: Taxonomy
    private let directory: Directory
    private let made = Made()

    /// Rulebooks made so far: the same few versions judged most look-ups.
    private final class Made: Sendable {
        struct Key: Hashable {
            let versions: EntryVersions
            let owner: MemberCode
            let usesDefault: Bool
        }

        let rulebooks = Mutex<[Key: Rulebook]>([:])
    }

    /// - Parameter control: every entry of the control ledger.
    package init(control: [EntryRow], taxonomy: Taxonomy, directory: Directory) throws {
        self.taxonomy = taxonomy
        self.directory = directory
        var texts: [LedgerHash: String] = [:]
        for row in control {
            guard let body = row.body else { continue }
            switch try LedgerEntry(decoding: row.bytes) {
            case .policy(let entry): texts[entry.policy] = String(decoding: body, as: UTF8.self)
            case .directory(let entry): texts[entry.hash] = String(decoding: body, as: UTF8.self)
            default: continue
            }
        }
        self.texts = texts
    }

    /// The rulebook by which an owner's look-up was judged under recorded versions.
    ///
    /// - Throws: what is missing. Nothing stands in for a version that is not there.
    package func rulebook(
        _ versions: EntryVersions, owner: MemberCode, usesDefault: Bool
    ) throws(ServiceError) -> Rulebook {
        let key = Made.Key(versions: versions, owner: owner, usesDefault: usesDefault)
        if let known = made.rulebooks.withLock({ $0[key] }) { return known }
        let new = try make(versions, owner: owner, usesDefault: usesDefault)
        made.rulebooks.withLock { $0[key] = new }
        return new
    }

    private func make(
        _ versions: EntryVersions, owner: MemberCode, usesDefault: Bool
    ) throws(ServiceError) -> Rulebook {
        guard versions.taxonomy.bytes == taxonomy.hash else {
            throw Self.missing("taxonomy", versions.taxonomy, "put that version of the data in place")
        }
        let floor = try policy(versions.floor, "the network's floor")
        let own = try versions.policy.map { hash throws(ServiceError) in try policy(hash, "the policy") }
        var rulebook = Rulebook(
            taxonomy: taxonomy, directory: directory, defaultPolicy: own ?? floor, floor: floor)
        if let own {
            if !usesDefault { rulebook.set(.policy(own), for: owner) }
        } else {
            rulebook.set(.lost(why: "no policy of it was in force"), for: owner)
        }
        return rulebook
    }

    private func policy(_ hash: LedgerHash, _ what: String) throws(ServiceError) -> CompiledPolicy {
        guard let text = texts[hash] else {
            throw Self.missing(
                what, hash, "run `comity ledger verify`: the control ledger should hold its text")
        }
        let (policy, _) = PolicyLanguage.read(text, file: what, taxonomy: taxonomy, directory: directory)
        guard let policy else {
            throw Self.missing(what, hash, "its text does not fit the directory that is here now")
        }
        guard policy.hash == hash.bytes else {
            throw ServiceError(
                "policy-changed",
                "the kept text of \(what) does not have the hash `\(hash)` that the ledger names",
                next: "run `comity ledger verify`, and compare with a copy")
        }
        return CompiledPolicy(policy, taxonomy: taxonomy, directory: directory)
    }

    private static func missing(_ what: String, _ hash: LedgerHash, _ next: String) -> ServiceError {
        ServiceError(
            "version-missing", "\(what) with hash `\(hash)`, under which it was judged, is not here",
            next: next)
    }
}
