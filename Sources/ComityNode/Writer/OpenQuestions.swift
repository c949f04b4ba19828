package import ComityLedger

/// The entry ids of questions without a closing: recovery reads from the oldest that is not held.
package struct OpenQuestions {
    private var entries: [TransactionID: Int64] = [:]
    private var held: [TransactionID: Int64] = [:]
    /// In the order of the entries, from `first` on; those that ended are passed over at the front.
    private var order: [Item] = []
    private var first = 0

    package struct Item: Sendable {
        package let lookup: TransactionID
        package let entry: Int64
        package var isHeld = false
    }

    init(_ items: [Item] = []) {
        for item in items {
            if item.isHeld { held[item.lookup] = item.entry } else { add(item.lookup, entry: item.entry) }
        }
    }

    mutating func add(_ lookup: TransactionID, entry: Int64) {
        entries[lookup] = entry
        order.append(Item(lookup: lookup, entry: entry))
    }

    mutating func hold(_ lookup: TransactionID) -> Int64? {
        guard let entry = entries.removeValue(forKey: lookup) else { return nil }
        held[lookup] = entry
        return entry
    }

    mutating func release(_ lookup: TransactionID) -> Int64? {
        guard let entry = held.removeValue(forKey: lookup) else { return nil }
        // It may be asked again now, long after those that came after it: it goes where its entry belongs.
        entries[lookup] = entry
        let place = order[first...].firstIndex { $0.entry > entry } ?? order.count
        order.insert(Item(lookup: lookup, entry: entry), at: place)
        return entry
    }

    mutating func close(_ lookup: TransactionID) {
        entries[lookup] = nil
        held[lookup] = nil
    }

    /// The oldest open entry that is not held; `nil` if there is none.
    var oldest: Int64? {
        mutating get {
            while first < order.count, entries[order[first].lookup] == nil { first += 1 }
            if first > 4096, first * 2 > order.count {
                order.removeFirst(first)
                first = 0
            }
            return first < order.count ? order[first].entry : nil
        }
    }
}
