/// A set of rules of one policy by their places in it. The first 64 need no memory of their own.
public struct RuleSet: Hashable, Sendable {
    /// The first 64.
    private(set) var front: UInt64 = 0
    /// The others, 64 to a word; never a zero at the end.
    private(set) var back: [UInt64] = []

    /// The empty set.
    public init() {}

    /// The set of some places.
    public init(_ places: some Sequence<Int>) { for place in places { insert(place) } }

    init(front: UInt64, back: [UInt64]) {
        self.front = front
        self.back = back
    }

    /// Whether it is empty.
    public var isEmpty: Bool { front == 0 && back.isEmpty }

    /// Adds the rule at a place.
    mutating func insert(_ place: Int) {
        if place < 64 { front |= 1 << UInt64(place) } else { insertBack(place - 64) }
    }

    private mutating func insertBack(_ place: Int) {
        while back.count <= place / 64 { back.append(0) }
        back[place / 64] |= 1 << UInt64(place % 64)
    }

    /// Whether the rule at a place is in it.
    public func contains(_ place: Int) -> Bool {
        if place < 64 { return place >= 0 && front & (1 << UInt64(place)) != 0 }
        let word = (place - 64) / 64
        return word < back.count && back[word] & (1 << UInt64(place % 64)) != 0
    }

    /// Everything in either.
    public func union(_ other: RuleSet) -> RuleSet {
        var result = self
        result.front |= other.front
        for (index, word) in other.back.enumerated() {
            if index < result.back.count { result.back[index] |= word } else { result.back.append(word) }
        }
        return result
    }

    /// The places, in order.
    public var places: [Int] {
        var result: [Int] = []
        for (index, word) in ([front] + back).enumerated() {
            var rest = word
            while rest != 0 {
                result.append(index * 64 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return result
    }
}
