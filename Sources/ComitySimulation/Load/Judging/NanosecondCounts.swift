/// Short durations kept as counts, one bucket for each nanosecond: constant memory, cheap to add to.
struct NanosecondCounts {
    private var counts = [Int](repeating: 0, count: 16_384)
    private var total = 0

    mutating func add(_ nanoseconds: Double) {
        counts[min(max(0, Int(nanoseconds)), counts.count - 1)] += 1
        total += 1
    }

    mutating func add(_ other: NanosecondCounts) {
        for index in counts.indices { counts[index] += other.counts[index] }
        total += other.total
    }

    /// The duration below which a share stayed, in nanoseconds.
    func value(at share: Double) -> Double {
        var rest = Int((Double(total) * share).rounded(.up))
        for (index, count) in counts.enumerated() {
            rest -= count
            if rest <= 0 { return Double(index) }
        }
        return Double(counts.count)
    }
}

extension Double {
    /// With one digit behind the point.
    var toTenths: Double { (self * 10).rounded() / 10 }
}
