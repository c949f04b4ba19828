package import ComityLedger
package import ComityStore
import Dispatch
import Foundation
import Synchronization

/// The outlines of many entries, made on every processor at once and while others are held against the rules: what
/// follows what is checked afterwards, in order.
package enum Outlines {
    /// Entries that are worth a thread.
    private static let least = 256
    private static let processors = ProcessInfo.processInfo.activeProcessorCount

    /// Begins with the outlines of rows, in their order; `nil` for rows of ledgers that have no mark.
    package static func begin(_ rows: [EntryRow], marks: [Int64: LedgerMark]) -> UnderWay<EntryOutline?> {
        UnderWay {
            made(rows.count) { index in
                marks[rows[index].ledger].map { EntryOutline(rows[index].bytes, of: $0) }
            }
        }
    }

    /// Begins with the outlines of one ledger's entries, in their order.
    package static func begin(_ entries: ArraySlice<[UInt8]>, mark: LedgerMark) -> UnderWay<EntryOutline> {
        UnderWay {
            made(entries.count) { EntryOutline(entries[entries.startIndex + $0], of: mark) }
        }
    }

    /// Outlines that are being made on other threads.
    package final class UnderWay<Made: Sendable>: Sendable {
        private let made = Mutex<[Made]>([])
        private let isDone = DispatchSemaphore(value: 0)

        fileprivate init(_ make: @escaping @Sendable () -> [Made]) {
            DispatchQueue.global(qos: .userInitiated).async {
                let all = make()
                self.made.withLock { $0 = all }
                self.isDone.signal()
            }
        }

        /// Waits for them. To be called once.
        package func wait() -> [Made] {
            isDone.wait()
            return made.withLock(\.self)
        }
    }

    private static func made<Made: Sendable>(
        _ count: Int, _ make: @escaping @Sendable (Int) -> Made
    ) -> [Made] {
        let share = max(least, count / (2 * processors) + 1)
        let shares = (count + share - 1) / share
        guard shares > 1 else { return (0..<count).map(make) }
        // Each share writes to a place of its own in one array: lists to be joined would be copied twice.
        return [Made](unsafeUninitializedCapacity: count) { places, initialized in
            nonisolated(unsafe) let places = places
            DispatchQueue.concurrentPerform(iterations: shares) { part in
                for index in part * share..<min(count, (part + 1) * share) {
                    places.initializeElement(at: index, to: make(index))
                }
            }
            initialized = count
        }
    }
}
