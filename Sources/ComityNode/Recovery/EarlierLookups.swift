import ComityExchange
import ComityLedger
import ComityMessages
import ComityStore

/// Counts for the limits of policies what earlier processes carried in the present hour, day or month.
///
/// Nothing is stored for it: the ledgers know. A home without limits reads nothing; one with a limit for each month
/// reads a month of entries at its start.
enum EarlierLookups {
    /// Entries read at once.
    private static let step: Int64 = 4096

    static func count(
        into exchange: inout Exchange, from store: some EntrySource, last: Int64, epochs: RecoveredEpochs,
        at now: Timestamp
    ) throws {
        guard let since = exchange.limitsCountSince(now) else { return }
        var end = last
        while end > 0 {
            let start = max(0, end - step)
            var isPast = true
            for row in try store.entries(after: start, limit: Int(end - start)) {
                let entry = try LedgerEntry(decoding: row.bytes)
                if entry.time >= UInt64(max(0, since.milliseconds)) { isPast = false }
                guard case .question(let question) = entry, let sealed = row.body else { continue }
                try exchange.countEarlier(question) { try epochs.open(sealed, of: question).raw }
            }
            if isPast { return }
            end = start
        }
    }
}
