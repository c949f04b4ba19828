import ComityLedger
import ComityStore

/// The erasures that the control ledger tells of: it has all of them, and is small.
struct RecordedErasures {
    /// What the entry in the owner's ledger and that in the control ledger have in common.
    struct Mark: Hashable {
        let lane: LedgerName
        let positions: EraseEntry.Stretch
        let basis: EraseEntry.Basis
        let count: UInt64
        let order: LedgerHash?
        let time: UInt64

        init(_ entry: EraseEntry) {
            lane = entry.lane ?? entry.ledger
            positions = entry.positions
            basis = entry.basis
            count = entry.count
            order = entry.order
            time = entry.time
        }
    }

    /// Where each stands in the control ledger.
    private(set) var marks: [Mark: UInt64] = [:]
    /// By ledger: from the lowest to the highest, none touching the next.
    private var stretches: [LedgerName: [EraseEntry.Stretch]] = [:]

    init(control rows: [EntryRow]) {
        var found: [LedgerName: [EraseEntry.Stretch]] = [:]
        for row in rows {
            guard case .erase(let entry) = try? LedgerEntry(decoding: row.bytes) else { continue }
            let mark = Mark(entry)
            marks[mark] = row.position
            found[mark.lane, default: []].append(mark.positions)
        }
        stretches = found.mapValues(Self.joined)
    }

    /// Whether an entry's envelope was erased.
    func cover(_ position: UInt64, in lane: LedgerName) -> Bool {
        guard let all = stretches[lane] else { return false }
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle].last < position { low = middle + 1 } else { high = middle }
        }
        return low < all.count && all[low].contains(position)
    }

    private static func joined(_ all: [EraseEntry.Stretch]) -> [EraseEntry.Stretch] {
        var result: [EraseEntry.Stretch] = []
        for next in all.sorted(by: { $0.first < $1.first }) {
            if let last = result.last, next.first <= last.last {
                result[result.count - 1] = EraseEntry.Stretch(
                    first: last.first, last: max(last.last, next.last))!
            } else {
                result.append(next)
            }
        }
        return result
    }
}
