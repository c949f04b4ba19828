import ComityMessages

/// Everything that waits and has no number yet: by link what is ready and waits for room, by destination what waits for
/// service, and what was set aside.
///
/// All of it is on the disk: an item comes in when its append is durable.
struct MailQueue {
    private(set) var items: [UInt64: QueueItem] = [:]
    private var ready: [String: LinkQueue] = [:]
    /// Items that wait for service.
    private var waiting: Set<UInt64> = []
    /// How many wait for each link or owner, set-aside ones not counted.
    private var counts: [String: Int] = [:]
    private var ends = DeadlineQueue<UInt64>()
    /// Links that may take something, as far as is known: looked at when `deadlinePassed` is called next.
    var awake: Set<String> = []
    /// Whether something that waits for service may go on.
    var mustLook = false
    private var last: UInt64 = 0

    var isEmpty: Bool { items.isEmpty }

    mutating func newID() -> UInt64 {
        last += 1
        return last
    }

    /// Numbers up to this one were given by earlier processes.
    mutating func pass(_ id: UInt64) { last = max(last, id) }

    /// Takes in what is durable now.
    mutating func add(_ item: QueueItem) {
        last = max(last, item.id)
        items[item.id] = item
        if item.reason != .setAside { counts[Self.line(item.link, item.destination), default: 0] += 1 }
        switch item.reason {
        case .service: waiting.insert(item.id)
        case .room: makeReady(item)
        case .setAside: break
        }
        if item.lookup == nil, item.reason != .setAside { ends.add(item.id, until: item.until) }
    }

    /// Service has returned, or a person has released it.
    mutating func free(_ id: UInt64) {
        guard waiting.remove(id) != nil, let item = items[id] else { return }
        makeReady(item)
    }

    private mutating func makeReady(_ item: QueueItem) {
        guard let link = item.link else { return }
        ready[link, default: LinkQueue()].add(item.id, item.priority)
        awake.insert(link)
    }

    /// It was ready, and its destination holds now.
    mutating func hold(_ id: UInt64) {
        if items[id] != nil { waiting.insert(id) }
    }

    /// An item goes: it gets a number, or is given up.
    @discardableResult
    mutating func remove(_ id: UInt64) -> QueueItem? {
        waiting.remove(id)
        guard let item = items.removeValue(forKey: id) else { return nil }
        if item.reason != .setAside { counts[Self.line(item.link, item.destination)]! -= 1 }
        return item
    }

    private static func line(_ link: String?, _ destination: Address) -> String {
        link ?? "records \(destination)"
    }

    /// Whether nothing waits for room before what comes now.
    mutating func isClear(_ link: String) -> Bool {
        guard !items.isEmpty, ready[link] != nil else { return true }
        let items = items
        return ready[link]!.isEmpty { items[$0] == nil }
    }

    /// The next that is ready for a link.
    mutating func next(for link: String) -> QueueItem? {
        guard ready[link] != nil else { return nil }
        let items = items
        guard let id = ready[link]!.next(isGone: { items[$0] == nil }) else {
            ready[link] = nil
            return nil
        }
        return items[id]
    }

    /// What waits for service, in the order of arrival.
    func waitingForService(_ fits: (QueueItem) -> Bool) -> [QueueItem] {
        waiting.compactMap { items[$0] }.filter(fits).sorted { $0.id < $1.id }
    }

    /// What was set aside, in the order in which it was.
    var setAside: [QueueItem] { items.values.filter { $0.reason == .setAside }.sorted { $0.id < $1.id } }

    /// Messages whose time to live is over.
    mutating func ended(at now: Timestamp) -> [QueueItem] {
        var result: [QueueItem] = []
        let items = items
        while let first = ends.first(isGone: { items[$0] == nil }), first.until <= now {
            ends.removeFirst()
            if let item = items[first.id], item.reason != .setAside { result.append(item) }
        }
        return result
    }

    /// When that is the case next.
    mutating func nextEnd() -> Timestamp? {
        let items = items
        return ends.first { items[$0] == nil }?.until
    }

    /// How many wait for a link, or for an owner with records here; set-aside ones not counted.
    func count(for link: String?, _ destination: Address) -> Int {
        counts.isEmpty ? 0 : counts[Self.line(link, destination)] ?? 0
    }

    /// The same for a link.
    func count(for link: String) -> Int { counts[link] ?? 0 }
}
