import ComityMessages

/// When look-ups or waiting messages run out of time. A binary heap; those that ended meanwhile are passed over when
/// their time comes, or earlier when they stand at the front.
struct DeadlineQueue<ID> {
    private var heap: [Item] = []

    struct Item {
        let until: Timestamp
        let id: ID
    }

    mutating func add(_ id: ID, until: Timestamp) {
        // Nearly always the latest of all, so that nothing moves.
        heap.append(Item(until: until, id: id))
        var child = heap.count - 1
        while child > 0, heap[child].until < heap[(child - 1) / 2].until {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The earliest; items that `isGone` are thrown away on the way.
    mutating func first(isGone: (ID) -> Bool) -> Item? {
        while let item = heap.first {
            if !isGone(item.id) { return item }
            removeFirst()
        }
        return nil
    }

    mutating func removeFirst() {
        guard let last = heap.popLast(), !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].until < heap[least].until { least = child }
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
