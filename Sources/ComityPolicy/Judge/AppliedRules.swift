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
    var near = Near()
    /// Places from 64 on, 64 to each, as far as the last that holds any. Hardly any policy has so many rules, and
    /// `nil` costs nothing to hand on.
    private var far: [Near]?

    struct Near: Hashable, Sendable {
        var refusing: UInt64 = 0
        var holding: UInt64 = 0
        var withholding: UInt64 = 0
        var sharing: UInt64 = 0
        var requiring: UInt64 = 0
        var limiting: UInt64 = 0
        var notifying: UInt64 = 0
        var missing: UInt64 = 0

        var isEmpty: Bool {
            refusing | holding | withholding | sharing | requiring | limiting | notifying | missing == 0
        }

        mutating func add(_ other: Near) {
            refusing |= other.refusing
            holding |= other.holding
            withholding |= other.withholding
            sharing |= other.sharing
            requiring |= other.requiring
            limiting |= other.limiting
            notifying |= other.notifying
            missing |= other.missing
        }

        subscript(part: Part) -> UInt64 {
            get {
                switch part {
                case .refusing: refusing
                case .holding: holding
                case .withholding: withholding
                case .sharing: sharing
                case .requiring: requiring
                case .limiting: limiting
                case .notifying: notifying
                case .missing: missing
                }
            }
            set {
                switch part {
                case .refusing: refusing = newValue
                case .holding: holding = newValue
                case .withholding: withholding = newValue
                case .sharing: sharing = newValue
                case .requiring: requiring = newValue
                case .limiting: limiting = newValue
                case .notifying: notifying = newValue
                case .missing: missing = newValue
                }
            }
        }
    }

    init(policy: PolicyMark, near: Near = Near()) {
        self.policy = policy
        self.near = near
    }

    /// The words of a part from the second on.
    private func back(_ part: Part) -> [UInt64] {
        guard let far else { return [] }
        var back = far.map { $0[part] }
        while back.last == 0 { back.removeLast() }
        return back
    }

    subscript(part: Part) -> RuleSet { RuleSet(front: near[part], back: back(part)) }

    mutating func insert(_ place: Int, into part: Part) {
        var done = Near()
        done[part] = 1 << UInt64(place % 64)
        add(done, word: place / 64)
    }

    /// Adds what up to 64 rules did: those of the places from 64 times `word` on.
    mutating func add(_ done: Near, word: Int) {
        if word == 0 {
            near.add(done)
            return
        }
        if done.isEmpty { return }
        if far == nil { far = Array(repeating: Near(), count: word) }
        while far!.count < word { far!.append(Near()) }
        far![word - 1].add(done)
    }

    /// All rules that applied.
    public var matched: RuleSet {
        refusing.union(holding).union(withholding).union(sharing).union(notifying)
    }

    var refusesNone: Bool { near.refusing == 0 && (far?.allSatisfy { $0.refusing == 0 } ?? true) }
    var holdsNone: Bool { near.holding == 0 && (far?.allSatisfy { $0.holding == 0 } ?? true) }

    func union(_ other: AppliedRules) -> AppliedRules {
        var result = self
        result.isOutOfForce = isOutOfForce || other.isOutOfForce
        result.near.add(other.near)
        for (index, done) in (other.far ?? []).enumerated() { result.add(done, word: index + 1) }
        return result
    }
}
