package import ComityExchange
package import ComityLedger
import ComityMessages
package import ComityStore

/// What the last process left waiting without a number, opened.
package struct RecoveredQueue: Sendable {
    /// In the order in which it came.
    package private(set) var items: [QueueItem] = []

    /// Nothing was left: a new home.
    package init() {}

    /// - Throws: `SealError` if a row was changed or sealed under another key; `RecoveryError.damagedQueue`.
    package init(_ recovered: Recovered, sealer: any BodySealer, switchName: String) throws {
        let operations = LedgerName(operationsOf: switchName)!
        items = try recovered.queue.map { row, question in
            let content: QueueItem.Content
            if let question {
                guard case .question(let entry) = try LedgerEntry(decoding: question.bytes) else {
                    throw RecoveryError.damagedQueue(row.id)
                }
                content = .lookup(entry.transaction)
            } else {
                let bytes = try sealer.open(row.sealed ?? [], at: .queue(row.id, in: operations))
                guard let relayed = Relayed(decoding: bytes) else { throw RecoveryError.damagedQueue(row.id) }
                content = .message(relayed)
            }
            guard let destination = Address(row.destination), let key = MessageKey(row.key),
                let priority = QueuePriority(rawValue: row.priority),
                let reason = QueueReason(rawValue: row.reason)
            else { throw RecoveryError.damagedQueue(row.id) }
            return QueueItem(
                id: UInt64(row.id), link: row.link, destination: destination, key: key, priority: priority,
                since: row.since, until: row.until, reason: reason, attempts: row.attempts, content: content)
        }
    }
}
