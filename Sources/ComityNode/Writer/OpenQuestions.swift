package import ComityLedger

/// The entry ids of questions without a closing: recovery reads from the oldest that neither is held nor waits in the
/// queue. Those stand in rows of their own, and may wait for days.
package struct OpenQuestions {
    private var entries: [TransactionID: Place] = [:]
    private var aside: [TransactionID: (place: Place, why: Aside)] = [:]
    /// In the order of the entries, from `first` on; those that ended are passed over at the front.
    private var order: [(lookup: TransactionID, entry: Int64)] = []
    private var first = 0

    /// Why a question has a row of its own; it may have two.
    package struct Aside: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let held = Aside(rawValue: 1)
        package static let queued = Aside(rawValue: 2)
    }

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
        package var aside: Aside

        package init(lookup: TransactionID, entry: Int64, keyHour: UInt64, aside: Aside = []) {
            self.lookup = lookup
            self.entry = entry
            self.keyHour = keyHour
            self.aside = aside
        }
    }

    init(_ items: [Item] = []) {
        for item in items {
            if !item.aside.isEmpty {
                aside[item.lookup] = (Place(entry: item.entry, hour: item.keyHour), item.aside)
            } else {
                add(item.lookup, entry: item.entry, keyHour: item.keyHour)
            }
        }
    }

    mutating func add(_ lookup: TransactionID, entry: Int64, keyHour: UInt64) {
        entries[lookup] = Place(entry: entry, hour: keyHour)
        order.append((lookup, entry))
    }

    /// The oldest hour of a key that an open question needs; `nil` if there is none.
    var oldestHour: UInt64? { (Array(entries.values) + aside.values.map(\.place)).map(\.hour).min() }

    /// A question gets a row of its own. Returns the id of its entry.
    mutating func put(aside lookup: TransactionID, _ why: Aside) -> Int64? {
        if let known = aside[lookup] {
            aside[lookup]!.why.insert(why)
            return known.place.entry
        }
        guard let place = entries.removeValue(forKey: lookup) else { return nil }
        aside[lookup] = (place, why)
        return place.entry
    }

    /// A question has that row no more. Returns the id of its entry.
    mutating func release(_ lookup: TransactionID, _ why: Aside) -> Int64? {
        guard let (place, reasons) = aside[lookup], reasons.contains(why) else { return nil }
        let entry = place.entry
        aside[lookup]!.why.remove(why)
        guard aside[lookup]!.why.isEmpty else { return entry }
        aside[lookup] = nil
        // It may be asked again now, long after those that came after it: it goes where its entry belongs.
        entries[lookup] = place
        let next = order[first...].firstIndex { $0.entry > entry } ?? order.count
        order.insert((lookup, entry), at: next)
        return entry
    }

    mutating func close(_ lookup: TransactionID) {
        entries[lookup] = nil
        aside[lookup] = nil
    }

    /// The oldest open entry without a row of its own; `nil` if there is none.
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
