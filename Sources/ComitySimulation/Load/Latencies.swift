/// Durations of many look-ups, kept as counts in buckets of about 1 per cent: constant memory, cheap to add to.
struct Latencies: Sendable {
    private var counts = [UInt32](repeating: 0, count: 64 * Self.steps)
    private(set) var total = 0

    /// Buckets for each doubling.
    private static let steps = 64

    mutating func add(microseconds: Int64) {
        let value = max(1, microseconds)
        let power = 63 - value.leadingZeroBitCount
        let base = Int64(1) << Int64(power)
        let step = Int((value - base) * Int64(Self.steps) / base)
        counts[power * Self.steps + step] += 1
        total += 1
    }

    mutating func add(_ other: Latencies) {
        for index in counts.indices { counts[index] += other.counts[index] }
        total += other.total
    }

    /// The duration below which a share of the look-ups stayed, in milliseconds.
    func milliseconds(at share: Double) -> Double {
        var rest = Int((Double(total) * share).rounded(.up))
        for (index, count) in counts.enumerated() where count > 0 {
            rest -= Int(count)
            if rest <= 0 {
                let base = Double(Int64(1) << Int64(index / Self.steps))
                return base * (1 + (Double(index % Self.steps) + 0.5) / Double(Self.steps)) / 1000
            }
        }
        return 0
    }
}
