import ComityLedger
package import ComityStore

/// Finds epoch keys under which no envelope is left.
package enum EpochSweep {
    /// The longest epoch that any writer makes, and a little more, in hours.
    private static let longest: UInt64 = 25

    /// Those of some keys that seal nothing any more.
    ///
    /// - Parameters:
    ///   - candidates: ids of keys.
    ///   - hours: when what was sealed under them was asked, since 1970.
    package static func spent(
        among candidates: Set<UInt64>, hours: ClosedRange<UInt64>, in store: some EntrySource,
        step: Int = 2000
    ) throws -> [UInt64] {
        let first = hours.lowerBound - min(hours.lowerBound, longest)
        let closed = try store.closedEpochs(in: first...hours.upperBound + 1)
            .filter { candidates.contains($0.id) }
        guard let oldest = closed.map(\.hour).min(), let newest = closed.map(\.hour).max() else { return [] }
        var left = Set(closed.map(\.id))
        // A body may have been sealed a moment before its hour by the time of its entry.
        var cursor = try last(before: (oldest - min(oldest, 1)) * 3_600_000, in: store)
        let end = (newest + longest) * 3_600_000
        while !left.isEmpty {
            let rows = try store.entries(after: cursor, limit: step)
            guard let id = rows.last?.id else { break }
            cursor = id
            for row in rows {
                guard let sealed = row.body, sealed.first == 2, let used = try? Envelope.epochs(of: sealed)
                else { continue }
                left.subtract(used)
            }
            if let row = rows.last, try LedgerEntry(decoding: row.bytes).time > end { break }
        }
        return left.sorted()
    }

    /// The last entry, in the order of commits, that is earlier than a moment; 0 if there is none.
    private static func last(before time: UInt64, in store: some EntrySource) throws -> Int64 {
        var (low, high) = (Int64(0), Int64(1))
        func isEarlier(_ id: Int64) throws -> Bool {
            guard let row = try store.entries(after: id - 1, limit: 1).first else { return false }
            return try LedgerEntry(decoding: row.bytes).time < time
        }
        while try isEarlier(high) {
            low = high
            high *= 2
        }
        while high - low > 1 {
            let middle = (low + high) / 2
            if try isEarlier(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
