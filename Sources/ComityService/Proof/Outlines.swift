package import ComityLedger
package import ComityStore
import Dispatch
import Foundation
import Synchronization

/// Makes the outlines of many entries on every processor at once. What follows what is checked afterwards, in order.
package enum Outlines {
    /// Entries that are worth a thread.
    private static let least = 256
    private static let processors = ProcessInfo.processInfo.activeProcessorCount

    /// The outlines of rows, in their order; `nil` for rows of ledgers that have no mark.
    package static func made(of rows: [EntryRow], marks: [Int64: LedgerMark]) -> [EntryOutline?] {
        made(rows.count) { index in
            marks[rows[index].ledger].map { EntryOutline(rows[index].bytes, of: $0) }
        }
    }

    /// The outlines of one ledger's entries, in their order.
    package static func made(of entries: ArraySlice<[UInt8]>, mark: LedgerMark) -> [EntryOutline] {
        made(entries.count) { EntryOutline(entries[entries.startIndex + $0], of: mark) }
    }

    private static func made<Made: Sendable>(
        _ count: Int, _ make: @escaping @Sendable (Int) -> Made
    ) -> [Made] {
        let share = max(least, count / (2 * processors) + 1)
        let shares = (count + share - 1) / share
        guard shares > 1 else { return (0..<count).map(make) }
        let parts = Mutex([[Made]](repeating: [], count: shares))
        DispatchQueue.concurrentPerform(iterations: shares) { part in
            let made = (part * share..<min(count, (part + 1) * share)).map(make)
            parts.withLock { $0[part] = made }
        }
        return parts.withLock { Array($0.joined()) }
    }
}
