/// The rules of one policy that applied, by what they did.
public struct AppliedRules: Hashable, Sendable {
    /// The policy.
    public let policy: PolicyMark
    /// Whether the policy was not in force at the time.
    public internal(set) var isOutOfForce = false

    public internal(set) var refusing: RuleSet {
        get { RuleSet(front: near.refusing, back: far.first?.refusing ?? []) }
        set {
            near.refusing = newValue.front
            setFar(\.refusing, newValue.back)
        }
    }
    public internal(set) var holding: RuleSet {
        get { RuleSet(front: near.holding, back: far.first?.holding ?? []) }
        set {
            near.holding = newValue.front
            setFar(\.holding, newValue.back)
        }
    }
    public internal(set) var withholding: RuleSet {
        get { RuleSet(front: near.withholding, back: far.first?.withholding ?? []) }
        set {
            near.withholding = newValue.front
            setFar(\.withholding, newValue.back)
        }
    }
    public internal(set) var sharing: RuleSet {
        get { RuleSet(front: near.sharing, back: far.first?.sharing ?? []) }
        set {
            near.sharing = newValue.front
            setFar(\.sharing, newValue.back)
        }
    }

    /// Places 0 to 63: four words, so that judging takes no memory.
    var near: Near
    /// Places from 64 on, one value or none: hardly any policy has so many rules, and a judgement stays small.
    private var far: [Far] = []

    struct Near: Hashable, Sendable {
        var refusing: UInt64 = 0
        var holding: UInt64 = 0
        var withholding: UInt64 = 0
        var sharing: UInt64 = 0
    }

    private struct Far: Hashable, Sendable {
        var refusing: [UInt64] = []
        var holding: [UInt64] = []
        var withholding: [UInt64] = []
        var sharing: [UInt64] = []
    }

    private mutating func setFar(_ part: WritableKeyPath<Far, [UInt64]>, _ words: [UInt64]) {
        if words.isEmpty, far.isEmpty { return }
        if far.isEmpty { far = [Far()] }
        far[0][keyPath: part] = words
        if far[0] == Far() { far = [] }
    }

    init(policy: PolicyMark, near: Near = Near()) {
        self.policy = policy
        self.near = near
    }

    /// All of them.
    public var matched: RuleSet { refusing.union(holding).union(withholding).union(sharing) }

    var refusesNone: Bool { near.refusing == 0 && (far.first?.refusing.isEmpty ?? true) }
    var holdsNone: Bool { near.holding == 0 && (far.first?.holding.isEmpty ?? true) }

    func union(_ other: AppliedRules) -> AppliedRules {
        var result = self
        result.isOutOfForce = isOutOfForce || other.isOutOfForce
        result.near.refusing |= other.near.refusing
        result.near.holding |= other.near.holding
        result.near.withholding |= other.near.withholding
        result.near.sharing |= other.near.sharing
        guard !other.far.isEmpty else { return result }
        result.refusing = refusing.union(other.refusing)
        result.holding = holding.union(other.holding)
        result.withholding = withholding.union(other.withholding)
        result.sharing = sharing.union(other.sharing)
        return result
    }
}
