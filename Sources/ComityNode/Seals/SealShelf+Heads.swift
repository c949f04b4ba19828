package import ComityLedger
package import ComityMessages
package import ComityStore

extension SealShelf {
    /// Seals every ledger as it stands, and keeps the seals: for programs that write ledgers and are no running switch.
    package func keep(_ heads: [HeadRow], key: MemorySealingKey, at now: Timestamp) throws {
        let time = UInt64(max(0, now.milliseconds / 1000))
        try keep(
            heads.compactMap { head in
                guard let name = LedgerName(head.name), let root = LedgerHash(head.root) else { return nil }
                return try Seal(name, size: head.size, root: root, time: time, key: key)
            })
    }
}
