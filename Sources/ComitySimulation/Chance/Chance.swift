/// The random numbers of a simulation: the same for the same seed (SplitMix64).
package struct Chance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from zero, smaller than the bound. The bias of the remainder does no harm here.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    /// True so many times in a thousand.
    mutating func happens(_ perThousand: Int) -> Bool { below(1000) < perThousand }

    /// One of several, which must not be none.
    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}

/// Values of which some come more often than others.
struct Weighted<Value: Sendable>: Sendable {
    private let values: [Value]
    /// The sum of the weights up to and with each value.
    private let sums: [Int]

    /// `nil` if nothing has a weight.
    init?(_ values: [(value: Value, weight: Int)]) {
        let values = values.filter { $0.weight > 0 }
        guard !values.isEmpty else { return nil }
        self.values = values.map(\.value)
        var sum = 0
        sums = values.map {
            sum += $0.weight
            return sum
        }
    }

    func pick(_ chance: inout Chance) -> Value {
        let number = chance.below(sums.last ?? 1)
        return values[sums.firstIndex { number < $0 } ?? 0]
    }
}
