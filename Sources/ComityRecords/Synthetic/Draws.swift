import ComityMessages

/// Random numbers of one made-up person or vehicle: fixed by the seed, the owner and the person's number, so that
/// anyone can be made without making the others first.
struct Draws: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64, owner: MemberCode, person: Int) {
        var state = Self.mix(seed)
        for byte in owner.description.utf8 { state = Self.mix(state ^ UInt64(byte)) }
        self.state = Self.mix(state ^ UInt64(bitPattern: Int64(person)))
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// One of several.
    mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

    /// A number from zero, smaller than the bound. The bias of the remainder does no harm to made-up people.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// True once in so many times.
    mutating func once(in times: Int) -> Bool { below(times) == 0 }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
