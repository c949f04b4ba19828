import ComityDirectory
package import ComityExchange
package import ComityLedger
package import ComityMessages
import ComityPolicy
package import ComityStore

/// Brings the policies of the folder into force, and writes down in the control ledger what came into force.
///
/// An owner that ever had a policy in force is known by the control ledger alone: if its file is gone or damaged
/// now, everything of it is refused (guarantee 10).
///
/// A switch does this when it starts. `comity can` does the same and writes nothing, so both judge alike.
package struct Activation {
    /// The policies to judge by.
    package let rulebook: Rulebook
    /// New entries of the control ledger; empty if all of it was in force before.
    package let drafts: [Draft]

    /// - Parameters:
    ///   - folder: the policy files.
    ///   - gateways: owners whose own switch judges. Their files, if there are any, do not come into force here.
    ///   - base: a rulebook with the network's own policies and no owner's.
    ///   - control: every entry of the control ledger so far.
    ///   - at: when it comes into force.
    package init(
        _ folder: PolicyFolder, judgingForThemselves gateways: Set<MemberCode> = [], rulebook base: Rulebook,
        tables: CodeTables, tablesHash: LedgerHash,
        control: [EntryRow], switchName: String, at now: Timestamp
    ) throws {
        let history = try ControlHistory(control)
        let ledger = LedgerName(controlOf: switchName)!
        let time = UInt64(now.milliseconds)
        var rulebook = base
        var drafts: [Draft] = []

        func note(_ subject: DirectoryEntry.Subject, version: String, hash: [UInt8], body: String? = nil) {
            guard let hash = LedgerHash(hash), history.data[subject] != hash else { return }
            drafts.append(
                .other(
                    .directory(
                        DirectoryEntry(
                            ledger: ledger, time: time, subject: subject, version: version, hash: hash)),
                    body: body.map { Array($0.utf8) }))
        }
        note(.codeTables, version: tables.version, hash: tablesHash.bytes)
        note(.taxonomy, version: base.taxonomy.version, hash: base.taxonomy.hash)
        note(.directory, version: base.directory.version, hash: base.directory.hash)
        note(.floor, version: "\(folder.floor.version)", hash: folder.floor.hash, body: folder.floor.text)
        note(
            .defaultPolicy, version: "\(folder.defaultPolicy.version)", hash: folder.defaultPolicy.hash,
            body: folder.defaultPolicy.text)

        for owner in gateways { rulebook.set(.judgesForItself, for: owner) }
        for owner in Set(folder.owners.keys).union(history.policies.keys).subtracting(gateways).sorted() {
            // Look-ups go by the one code of each member, so a file under another would rule over nobody.
            let canonical = tables.canonical(owner)
            guard canonical == owner else {
                rulebook.set(
                    .lost(why: "its policy file is named `\(owner)`; name it, and its owner, `\(canonical)`"),
                    for: canonical)
                continue
            }
            switch folder.owners[owner] {
            case .good(let policy):
                if let last = history.policies[owner], last.number == UInt64(policy.version),
                    last.policy.bytes != policy.hash
                {
                    rulebook.set(
                        .lost(
                            why:
                                "version \(policy.version) was in force with another text; give the new text a "
                                + "higher version"), for: owner)
                    continue
                }
                if let last = history.policies[owner], last.number > UInt64(policy.version) {
                    rulebook.set(
                        .lost(
                            why: "version \(last.number) was in force, and its file now holds version "
                                + "\(policy.version); to go back, give the old text a higher version"),
                        for: owner)
                    continue
                }
                rulebook.set(
                    .policy(CompiledPolicy(policy, taxonomy: base.taxonomy, directory: base.directory)),
                    for: owner)
                let hash = LedgerHash(policy.hash)!
                guard history.policies[owner]?.policy != hash else { continue }
                drafts.append(
                    .other(
                        .policy(
                            PolicyEntry(
                                ledger: ledger, time: time, owner: owner.description, change: .activated,
                                number: UInt64(policy.version),
                                effective: UInt64(clamping: policy.effective.number),
                                // A policy names its last day, the entry the first one after it.
                                until: policy.until.map { UInt64(clamping: $0.number + 1) }, policy: hash,
                                taxonomy: LedgerHash(base.taxonomy.hash)!,
                                directory: LedgerHash(base.directory.hash)!)),
                        body: Array(policy.text.utf8)))
            case .damaged(let why):
                rulebook.set(.lost(why: "its policy file cannot be used: \(why)"), for: owner)
            case nil:
                rulebook.set(.lost(why: "it had a policy in force, and its file is gone"), for: owner)
            }
        }
        self.rulebook = rulebook
        self.drafts = drafts
    }
}

/// What the control ledger says was last in force.
package struct ControlHistory {
    private(set) var policies: [MemberCode: PolicyEntry] = [:]
    package private(set) var data: [DirectoryEntry.Subject: LedgerHash] = [:]

    package init(_ control: [EntryRow]) throws {
        for row in control {
            switch try LedgerEntry(decoding: row.bytes) {
            case .policy(let entry):
                if let owner = MemberCode(entry.owner) { policies[owner] = entry }
            case .directory(let entry): data[entry.subject] = entry.hash
            default: continue
            }
        }
    }
}
