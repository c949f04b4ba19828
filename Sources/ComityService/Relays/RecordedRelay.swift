package import ComityExchange
package import ComityLedger
package import ComityMessages
package import ComityStore

/// A message that was passed on, as the operations ledger holds it, with what is recorded of it later.
package struct RecordedRelay: Sendable {
    package let entry: RelayEntry
    /// Where it stands in the operations ledger, counted from 0.
    package let position: UInt64
    /// The envelope; `nil` once it was erased.
    package let sealed: [UInt8]?
    /// How often it was sent again, in order.
    package let resends: [(entry: ResendEntry, position: UInt64)]
    /// What else is recorded of it and of what was sent again, in order: that a copy was given up, for example.
    package let notes: [(entry: MessageEntry, position: UInt64)]

    /// What people call it.
    package var reference: Reference { Reference(TransactionID(of: entry.message)) }

    /// Entries read at once.
    private static let page: Int64 = 2000
    private static let slack: UInt64 = 3_600_000

    /// Finds a message by its reference, from the newest entry back; `nil` if none that was passed on has it. The reference of
    /// what was sent again finds the first time.
    package static func find(_ reference: Reference, store: some EntrySource) throws -> RecordedRelay? {
        var (wanted, resends): (Set<UInt64>, [(entry: ResendEntry, position: UInt64)]) = (
            [reference.bits], []
        )
        var notes: [(entry: MessageEntry, position: UInt64)] = []
        var found: RecordedRelay?
        try backwards(store) { row, entry in
            switch entry {
            case .resend(let resend)
            where wanted.contains(resend.original.high) || wanted.contains(resend.message.high):
                wanted.insert(resend.original.high)
                resends.append((resend, row.position))
            case .message(let note): if note.message != nil { notes.append((note, row.position)) }
            case .relay(let relay) where wanted.contains(relay.message.high):
                found = RecordedRelay(
                    entry: relay, position: row.position, sealed: row.body, resends: [], notes: [])
            default: break
            }
            return found == nil
        }
        guard let found else { return nil }
        let own = resends.filter { $0.entry.original == found.entry.message }
        let names = Set([found.entry.message] + own.map(\.entry.message))
        return RecordedRelay(
            entry: found.entry, position: found.position, sealed: found.sealed, resends: own.reversed(),
            notes: notes.filter { $0.entry.message.map(names.contains) ?? false }.reversed())
    }

    /// The newest messages that were passed on, the newest first.
    ///
    /// - Parameters:
    ///   - agency: only of this one.
    ///   - period: only of this time.
    package static func newest(
        agency: ORI?, period: Period, limit: Int, store: some EntrySource
    ) throws -> [RecordedRelay] {
        var found: [RecordedRelay] = []
        try backwards(store) { row, entry in
            let from = UInt64(max(0, period.from?.milliseconds ?? 0))
            // Times of different ledgers lie a moment apart in the order of commits.
            guard entry.time &+ slack >= from else { return false }
            guard case .relay(let relay) = entry, entry.time >= from else { return true }
            if let to = period.to, entry.time >= UInt64(max(0, to.milliseconds)) { return true }
            if let agency, relay.agency != agency.description { return true }
            found.append(
                RecordedRelay(entry: relay, position: row.position, sealed: row.body, resends: [], notes: []))
            return found.count < limit
        }
        return found
    }

    /// Reads entries from the newest back until `more` says that it is enough.
    private static func backwards(
        _ store: some EntrySource, more: (EntryRow, LedgerEntry) throws -> Bool
    ) throws {
        var end = try last(store)
        while end > 0 {
            let start = max(0, end - page)
            for row in try store.entries(after: start, limit: Int(end - start)).reversed() {
                guard try more(row, LedgerEntry(decoding: row.bytes)) else { return }
            }
            end = start
        }
    }

    /// The number of the last entry: as many as all ledgers hold.
    private static func last(_ store: some EntrySource) throws -> Int64 {
        try store.heads().reduce(0) { $0 + Int64(clamping: $1.size) }
    }
}
