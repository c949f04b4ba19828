/// A row of bits, one for each test of a policy.
protocol BitRow: Sendable {
    /// How many tests fit.
    static var width: Int { get }
    init()
    mutating func insert(_ bit: Int)
    mutating func formUnion(_ other: Self)
    func subtracting(_ other: Self) -> Self
    func isSubset(of other: Self) -> Bool
    func isDisjoint(with other: Self) -> Bool
}

/// Up to 64 tests: one machine word.
struct Row64: BitRow {
    static let width = 64
    var bits: UInt64 = 0

    @inline(__always) mutating func insert(_ bit: Int) { bits |= 1 << UInt64(bit) }
    @inline(__always) mutating func formUnion(_ other: Row64) { bits |= other.bits }
    @inline(__always) func subtracting(_ other: Row64) -> Row64 { Row64(bits: bits & ~other.bits) }
    @inline(__always) func isSubset(of other: Row64) -> Bool { bits & ~other.bits == 0 }
    @inline(__always) func isDisjoint(with other: Row64) -> Bool { bits & other.bits == 0 }
}

/// Up to 256 tests.
struct Row256: BitRow {
    static let width = 256
    var bits = SIMD4<UInt64>()

    @inline(__always) mutating func insert(_ bit: Int) { bits[bit / 64] |= 1 << UInt64(bit % 64) }
    @inline(__always) mutating func formUnion(_ other: Row256) { bits |= other.bits }
    @inline(__always) func subtracting(_ other: Row256) -> Row256 { Row256(bits: bits & ~other.bits) }
    @inline(__always) func isSubset(of other: Row256) -> Bool { Self.isZero(bits & ~other.bits) }
    @inline(__always) func isDisjoint(with other: Row256) -> Bool { Self.isZero(bits & other.bits) }

    @inline(__always) private static func isZero(_ bits: SIMD4<UInt64>) -> Bool {
        bits[0] | bits[1] | bits[2] | bits[3] == 0
    }
}
