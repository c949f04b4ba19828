/// What is ready to go to one link and waits for room, in three lines, each in the order of arrival.
///
/// Status goes before normal and normal before regional, but of every eight that go the seventh is a normal one and
/// the eighth a regional one, if any waits: nobody starves.
struct LinkQueue {
    private var lines: [QueuePriority: Line] = [:]
    private var turn = 0

    /// How many go until every line has had its turn.
    static let round = 8

    private struct Line {
        var ids: [UInt64] = []
        var first = 0

        var next: UInt64? { first < ids.count ? ids[first] : nil }

        mutating func removeFirst() {
            first += 1
            if first == ids.count {
                ids.removeAll(keepingCapacity: true)
                first = 0
            } else if first > 64, first * 2 > ids.count {
                ids.removeFirst(first)
                first = 0
            }
        }
    }

    mutating func add(_ id: UInt64, _ priority: QueuePriority) {
        lines[priority, default: Line()].ids.append(id)
    }

    /// Takes the next out; those that are gone are passed over.
    mutating func next(isGone: (UInt64) -> Bool) -> UInt64? {
        for priority in QueuePriority.allCases { drop(priority, isGone) }
        guard let priority = order.first(where: { lines[$0]?.next != nil }) else { return nil }
        let id = lines[priority]?.next
        lines[priority]?.removeFirst()
        turn = (turn + 1) % Self.round
        return id
    }

    /// Whether anything waits.
    mutating func isEmpty(isGone: (UInt64) -> Bool) -> Bool {
        for priority in QueuePriority.allCases { drop(priority, isGone) }
        return lines.values.allSatisfy { $0.next == nil }
    }

    private var order: [QueuePriority] {
        switch turn {
        case Self.round - 1: [.regional, .status, .normal]
        case Self.round - 2: [.normal, .status, .regional]
        default: QueuePriority.allCases
        }
    }

    private mutating func drop(_ priority: QueuePriority, _ isGone: (UInt64) -> Bool) {
        while let id = lines[priority]?.next, isGone(id) { lines[priority]?.removeFirst() }
    }
}
