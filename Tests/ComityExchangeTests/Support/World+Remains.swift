import ComityExchange
import ComityLedger
import ComityMessages

extension World {
    /// What a store would give back after a crash that kept the first `appends` appends.
    func remains(keeping appends: Int) -> Remains {
        var remains = Remains()
        var open: [TransactionID: Remains.OpenQuestion] = [:]
        var positions: [LedgerName: UInt64] = [:]
        for append in self.appends.prefix(appends) {
            for state in append.sessions {
                remains.sessions.removeAll { $0.id == state.id }
                remains.sessions.append(state)
                remains.lastSession = max(remains.lastSession, state.id.number)
            }
            remains.mail += append.mail
            remains.mail.removeAll { mail in
                append.sessions.contains { $0.id == mail.session && $0.delivered >= mail.sequence }
            }
            for draft in append.drafts {
                switch draft {
                case .question(let entry, let body, _, _):
                    let place = EntryPlace(
                        ledger: entry.ledger, position: positions[entry.ledger, default: 0])
                    open[entry.transaction] = Remains.OpenQuestion(
                        entry: entry, body: body, place: place, id: 0, heldUntil: nil)
                    positions[entry.ledger, default: 0] += 1
                case .closing(let entry, _):
                    open[entry.transaction] = nil
                    positions[entry.ledger, default: 0] += 1
                case .review(let entry, _): positions[entry.ledger, default: 0] += 1
                case .other, .relay, .resend, .posting: break
                }
            }
            for held in append.held {
                open[held.lookup]?.heldUntil = held.until
                open[held.lookup]?.approvals = held.approvals
                open[held.lookup]?.isDecided = held.isDecided
            }
            for lookup in append.releasedHeld { open[lookup]?.heldUntil = nil }
            remains.queue.removeAll { item in append.dequeued.contains { $0.item == item.id } }
            remains.queue += append.queued
            remains.lastQueued = max(remains.lastQueued, append.queued.map(\.id).max() ?? 0)
        }
        for item in remains.queue {
            if let lookup = item.lookup { open[lookup]?.isQueued = true }
        }
        remains.open = open.values.sorted {
            $0.entry.transaction.description < $1.entry.transaction.description
        }
        return remains
    }
}
