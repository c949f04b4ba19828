package import ComityLedger

/// The entry ids of questions without a closing: recovery reads from the oldest that is not held.
package struct OpenQuestions {
    private var entries: [TransactionID: Place] = [:]
    private var held: [TransactionID: Place] = [:]
    /// In the order of the entries, from `first` on; those that ended are passed over at the front.
    private var order: [(lookup: TransactionID, entry: Int64)] = []
    private var first = 0

    private struct Place {
        let entry: Int64
        /// The hour of the key that its body was sealed under: it may be needed as long as the question is open.
        let hour: UInt64
    }

    package struct Item: Sendable {
        package let lookup: TransactionID
        package let entry: Int64
        /// The hour of the key that its body was sealed under, since 1970.
        package let keyHour: UInt64
        package var isHeld: Bool

        package init(lookup: TransactionID, entry: Int64, keyHour: UInt64, isHeld: Bool = false) {
            self.lookup = lookup
            self.entry = entry
            self.keyHour = keyHour
            self.isHeld = isHeld
        }
    }

    init(_ items: [Item] = []) {
        for item in items {
            if item.isHeld {
                held[item.lookup] = Place(entry: item.entry, hour: item.keyHour)
            } else {
                add(item.lookup, entry: item.entry, keyHour: item.keyHour)
            }
        }
    }

    mutating func add(_ lookup: TransactionID, entry: Int64, keyHour: UInt64) {
        entries[lookup] = Place(entry: entry, hour: keyHour)
        order.append((lookup, entry))
    }

    /// The oldest hour of a key that an open or held question needs; `nil` if there is none.
    var oldestHour: UInt64? { (Array(entries.values) + held.values).map(\.hour).min() }

    mutating func hold(_ lookup: TransactionID) -> Int64? {
        if let known = held[lookup] { return known.entry }
        guard let place = entries.removeValue(forKey: lookup) else { return nil }
        held[lookup] = place
        return place.entry
    }

    mutating func release(_ lookup: TransactionID) -> Int64? {
        guard let place = held.removeValue(forKey: lookup) else { return nil }
        let entry = place.entry
        // It may be asked again now, long after those that came after it: it goes where its entry belongs.
        entries[lookup] = place
        let next = order[first...].firstIndex { $0.entry > entry } ?? order.count
        order.insert((lookup, entry), at: next)
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
