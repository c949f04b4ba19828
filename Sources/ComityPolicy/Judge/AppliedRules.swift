/// The rules of one policy that applied, by what they did.
public struct AppliedRules: Hashable, Sendable {
    /// The policy.
    public let policy: PolicyMark
    /// Whether the policy was not in force at the time.
    public internal(set) var isOutOfForce = false

    /// What a rule did, or what was missing.
    enum Part: Int, CaseIterable {
        case refusing, holding, withholding, sharing, requiring, limiting, notifying, missing
    }

    /// The rules that refuse: `refuse` rules, failed `require` rules, and exceeded limits that refuse.
    public var refusing: RuleSet { self[.refusing] }
    /// The rules that hold: `hold` rules, and exceeded limits that hold.
    public var holding: RuleSet { self[.holding] }
    public var withholding: RuleSet { self[.withholding] }
    public var sharing: RuleSet { self[.sharing] }
    /// The failed `require` rules.
    public var requiring: RuleSet { self[.requiring] }
    /// The exceeded limits.
    public var limiting: RuleSet { self[.limiting] }
    /// The `notify` rules that make a duty.
    public var notifying: RuleSet { self[.notifying] }
    /// What is missing, by its place in the policy's list of things that must be carried.
    public var missing: RuleSet { self[.missing] }

    /// Places 0 to 63: one word for each part, so that judging takes no memory.
    var near: Near
    /// Places from 64 on: for each further 64 places one word for each part, in the order of `Part`; the last of
    /// them never all zero. Hardly any policy has so many rules.
    private var far: [UInt64] = []

    struct Near: Hashable, Sendable {
        var refusing: UInt64 = 0
        var holding: UInt64 = 0
        var withholding: UInt64 = 0
        var sharing: UInt64 = 0
        var requiring: UInt64 = 0
        var limiting: UInt64 = 0
        var notifying: UInt64 = 0
        var missing: UInt64 = 0

        subscript(part: Part) -> UInt64 {
            get { self[keyPath: Self.path(part)] }
            set { self[keyPath: Self.path(part)] = newValue }
        }

        private static func path(_ part: Part) -> WritableKeyPath<Near, UInt64> {
            switch part {
            case .refusing: \.refusing
            case .holding: \.holding
            case .withholding: \.withholding
            case .sharing: \.sharing
            case .requiring: \.requiring
            case .limiting: \.limiting
            case .notifying: \.notifying
            case .missing: \.missing
            }
        }
    }

    init(policy: PolicyMark, near: Near = Near()) {
        self.policy = policy
        self.near = near
    }

    subscript(part: Part) -> RuleSet {
        var back: [UInt64] = []
        for start in stride(from: 0, to: far.count, by: Part.allCases.count) {
            back.append(far[start + part.rawValue])
        }
        while back.last == 0 { back.removeLast() }
        return RuleSet(front: near[part], back: back)
    }

    mutating func insert(_ place: Int, into part: Part) {
        if place < 64 {
            near[part] |= 1 << UInt64(place)
            return
        }
        let index = (place / 64 - 1) * Part.allCases.count + part.rawValue
        let size = (place / 64) * Part.allCases.count
        if far.count < size { far += Array(repeating: 0, count: size - far.count) }
        far[index] |= 1 << UInt64(place % 64)
    }

    /// All rules that applied.
    public var matched: RuleSet {
        refusing.union(holding).union(withholding).union(sharing).union(notifying)
    }

    var refusesNone: Bool { near.refusing == 0 && isFarEmpty(.refusing) }
    var holdsNone: Bool { near.holding == 0 && isFarEmpty(.holding) }

    private func isFarEmpty(_ part: Part) -> Bool {
        if far.isEmpty { return true }
        return stride(from: part.rawValue, to: far.count, by: Part.allCases.count).allSatisfy { far[$0] == 0 }
    }

    func union(_ other: AppliedRules) -> AppliedRules {
        var result = self
        result.isOutOfForce = isOutOfForce || other.isOutOfForce
        result.near.refusing |= other.near.refusing
        result.near.holding |= other.near.holding
        result.near.withholding |= other.near.withholding
        result.near.sharing |= other.near.sharing
        result.near.requiring |= other.near.requiring
        result.near.limiting |= other.near.limiting
        result.near.notifying |= other.near.notifying
        result.near.missing |= other.near.missing
        guard !other.far.isEmpty else { return result }
        if result.far.count < other.far.count {
            result.far += Array(repeating: 0, count: other.far.count - result.far.count)
        }
        for (index, word) in other.far.enumerated() { result.far[index] |= word }
        return result
    }

    /// Takes over places from 64 on, laid out as `far` is.
    mutating func setFar(_ words: [UInt64]) {
        var end = words.count
        while end > 0, words[(end - Part.allCases.count)..<end].allSatisfy({ $0 == 0 }) {
            end -= Part.allCases.count
        }
        far = end == words.count ? words : Array(words[..<end])
    }
}
