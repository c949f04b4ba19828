/// How many durations were at most so long, for a fixed list of bounds.
package struct Histogram: Hashable, Sendable {
    /// The upper bounds in seconds, rising; above the last there is one more bucket.
    package let bounds: [Double]
    /// One for each bound and one above them, each counted by itself.
    package private(set) var counts: [Int]
    /// The sum of all durations in seconds.
    package private(set) var sum = 0.0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// For what a person waits for: from 5 ms to a minute.
    package static let answers = Histogram(bounds: [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ])
    /// For what a machine decides: from 10 µs to 100 ms.
    package static let decisions = Histogram(bounds: [
        0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.0025, 0.01, 0.1,
    ])

    package mutating func add(seconds: Double) {
        counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
        sum += seconds
    }

    /// Adds what another one with the same bounds has counted.
    package mutating func add(_ other: Histogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        sum += other.sum
    }
}
