package import ComityExchange
import ComityLedger
import ComityMessages
package import ComityStore

extension Remains {
    /// Opens and decodes what the last process left.
    package init(
        _ recovered: Recovered, mail: RecoveredMail, epochs: RecoveredEpochs, store: any Store,
        queue: RecoveredQueue,
        duplicateTime: Duration, duplicateLimit: Int
    ) throws {
        self.init()
        sessions = recovered.sessions.map {
            SessionState(
                id: $0.id, link: $0.link, name: $0.name, received: $0.received, sent: $0.sent,
                delivered: $0.delivered)
        }
        lastSession = recovered.lastSession
        self.mail = mail.letters.map(\.mail)
        self.queue = queue.items
        lastQueued = UInt64(recovered.lastQueued)
        let queued = Set(recovered.queue.compactMap(\.row.question))
        let names = Dictionary(
            uniqueKeysWithValues: recovered.heads.compactMap { head in
                LedgerName(head.name).map { (head.ledger, $0) }
            })
        var open: [TransactionID: Asked] = [:]
        var order: [TransactionID] = []
        func add(_ row: EntryRow, held: HeldRow?) throws {
            switch try LedgerEntry(decoding: row.bytes) {
            case .question(let entry):
                guard open[entry.transaction] == nil, let sealed = row.body, let ledger = names[row.ledger]
                else { return }
                let place = EntryPlace(ledger: ledger, position: row.position)
                open[entry.transaction] = Asked(
                    entry: entry, sealed: sealed, place: place, id: row.id, held: held)
                order.append(entry.transaction)
            case .closing(let entry): open[entry.transaction] = nil
            default: return
            }
        }
        for (held, row) in recovered.held { try add(row, held: held) }
        for (_, question) in recovered.queue { if let question { try add(question, held: nil) } }
        for row in recovered.recent { try add(row, held: nil) }
        // Bodies of those that ended are not opened: their keys may be gone, as they should be.
        self.open = try order.compactMap { open[$0] }.map { asked in
            OpenQuestion(
                entry: asked.entry, body: try epochs.open(asked.sealed, of: asked.entry), place: asked.place,
                id: asked.id, heldUntil: asked.held?.until,
                approvals: try (asked.held?.approvals ?? []).map(DeskApproval.init),
                isDecided: asked.held?.isDecided ?? false, keyHour: try epochs.hour(of: asked.sealed),
                isQueued: queued.contains(asked.id))
        }
        duplicates = try Self.recentKeys(
            store, last: recovered.lastEntry, time: duplicateTime, limit: duplicateLimit)
    }

    /// A question of which it is not known yet whether it has ended.
    private struct Asked {
        let entry: QuestionEntry
        let sealed: [UInt8]
        let place: EntryPlace
        let id: Int64
        let held: HeldRow?
    }

    /// The keys of the messages received within a time before the last entry, oldest first.
    private static func recentKeys(
        _ store: any Store, last: Int64, time: Duration, limit: Int
    ) throws -> [(key: [UInt8], at: Timestamp)] {
        let chunk: Int64 = 4096
        var pages: [[(key: [UInt8], at: Timestamp)]] = []
        var end = last
        var newest: Timestamp?
        var count = 0
        while end > 0, count < limit {
            let start = max(0, end - chunk)
            let rows = try store.entries(after: start, limit: Int(end - start))
            var page: [(key: [UInt8], at: Timestamp)] = []
            var isPast = false
            for row in rows {
                let at = Timestamp(milliseconds: Int64(clamping: try LedgerEntry(decoding: row.bytes).time))
                newest = max(newest ?? at, at)
                if newest! - at > time {
                    isPast = true
                } else if let key = row.duplicateKey {
                    page.append((key, at))
                }
            }
            pages.append(page)
            count += page.count
            if isPast { break }
            end = start
        }
        return Array(pages.reversed().joined())
    }
}
