import ComityLedger
import ComityMessages

/// Messages seen lately, by a keyed hash: a hash without a key would give licence numbers away to whoever tries
/// them all.
///
/// The key covers the whole message, control field included. A message without a control field is never suppressed:
/// the sender gave no sign that two of them are one.
struct DuplicateWindow {
    private let key: KeyedHash
    private let time: Duration
    private let limit: Int
    private var seen: [DuplicateKey: Timestamp] = [:]
    /// In the order of arrival, from `first` on.
    private var order: [DuplicateKey] = []
    private var first = 0

    init(key: [UInt8], time: Duration, limit: Int) {
        self.key = KeyedHash(key: key)
        self.time = time
        self.limit = limit
    }

    /// The key of a message by its bytes: they hold origin, message key, destinations, control field and content.
    func key(of bytes: [UInt8]) -> DuplicateKey { DuplicateKey(key.hash(bytes))! }

    /// Whether a message was seen within the time before `now`.
    func holds(_ key: DuplicateKey, at now: Timestamp) -> Bool {
        seen[key].map { now - $0 <= time } ?? false
    }

    mutating func add(_ key: DuplicateKey, at now: Timestamp) {
        while first < order.count, order.count - first >= limit || isPast(order[first], at: now) {
            seen[order[first]] = nil
            first += 1
        }
        if first > 1024, first * 2 > order.count {
            order.removeFirst(first)
            first = 0
        }
        guard seen.updateValue(now, forKey: key) == nil else { return }
        order.append(key)
    }

    private func isPast(_ key: DuplicateKey, at now: Timestamp) -> Bool {
        seen[key].map { now - $0 > time } ?? true
    }
}

/// Sixteen bytes of a keyed hash.
struct DuplicateKey: Hashable {
    private let high, low: UInt64

    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count >= 16 else { return nil }
        high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        low = bytes.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    var bytes: [UInt8] { TransactionID(high: high, low: low).bytes }
}
