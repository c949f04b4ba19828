public import ComityMessages

/// What the policy says, before anything has happened.
public enum Gate: UInt8, Comparable, Hashable, Sendable, Codable {
    case open, held, refused

    public static func < (a: Gate, b: Gate) -> Bool { a.rawValue < b.rawValue }

    /// The word of the language.
    public var word: String {
        switch self {
        case .open: "open"
        case .held: "held"
        case .refused: "refused"
        }
    }
}

/// What the policy says about one look-up: a small value without words. Words are made by `Explanation` when
/// somebody asks.
///
/// The gate is refused exactly when no group is let through.
public struct Judgement: Hashable, Sendable {
    /// Open, held or refused.
    public let gate: Gate
    /// The field groups asked for.
    public let asked: FieldGroupSet
    /// The field groups let through; when held, the most that a desk can release.
    public let groups: FieldGroupSet
    /// The asked groups that a `withhold` rule took out. Groups that nothing shares are in neither set.
    public let withheld: FieldGroupSet
    /// The rules that applied, one part for each policy that was asked, in a fixed order.
    public var rules: [AppliedRules] { [first] + (others ?? []) }

    let first: AppliedRules
    /// Those of further policies; `nil` where only one was asked.
    let others: [AppliedRules]?

    /// The judgement of one policy, from what its rules did.
    init(asked: FieldGroupSet, shared: FieldGroupSet, withheld: FieldGroupSet, rules: AppliedRules) {
        let left = asked.intersection(shared).subtracting(withheld)
        self.asked = asked
        self.withheld = asked.intersection(withheld)
        gate = !rules.refusesNone || left.isEmpty ? .refused : rules.holdsNone ? .open : .held
        groups = gate == .refused ? [] : left
        first = rules
        others = nil
    }

    /// The same where all rules have places below 64.
    @inline(__always) init(
        asked: FieldGroupSet, shared: FieldGroupSet, withheld: FieldGroupSet, policy: PolicyMark,
        near: AppliedRules.Near
    ) {
        let left = asked.intersection(shared).subtracting(withheld)
        let gate: Gate = near.refusing != 0 || left.isEmpty ? .refused : near.holding == 0 ? .open : .held
        self.asked = asked
        self.withheld = asked.intersection(withheld)
        self.gate = gate
        groups = gate == .refused ? [] : left
        first = AppliedRules(policy: policy, near: near)
        others = nil
    }

    init(
        gate: Gate, asked: FieldGroupSet, groups: FieldGroupSet, withheld: FieldGroupSet, first: AppliedRules,
        others: [AppliedRules]?
    ) {
        let gate = groups.isEmpty ? .refused : gate
        self.gate = gate
        self.asked = asked
        self.groups = gate == .refused ? [] : groups
        self.withheld = withheld
        self.first = first
        self.others = others
    }

    /// The stricter of both: groups intersected, the stricter gate, everything else united.
    ///
    /// Commutative, associative and idempotent, and never wider than either. Used for "on behalf of", for
    /// layers (floor and owner), for question and answer, and for two versions of one policy.
    public func meet(_ other: Judgement) -> Judgement {
        var (first, others) = (first, others)
        if others == nil, other.others == nil, first.policy == other.first.policy {
            first = first.union(other.first)
        } else {
            let all = Self.united(rules + other.rules)
            first = all[0]
            others = all.count == 1 ? nil : Array(all.dropFirst())
        }
        return Judgement(
            gate: max(gate, other.gate), asked: asked.union(other.asked),
            groups: groups.intersection(other.groups), withheld: withheld.union(other.withheld),
            first: first, others: others)
    }

    private static func united(_ parts: [AppliedRules]) -> [AppliedRules] {
        var result: [AppliedRules] = []
        for part in parts.sorted(by: { $0.policy < $1.policy }) {
            if let last = result.last, last.policy == part.policy {
                result[result.count - 1] = last.union(part)
            } else {
                result.append(part)
            }
        }
        return result
    }

    /// Whether this judgement lets through no more than another: a gate at least as strict and no further group.
    public func isNoWider(than other: Judgement) -> Bool {
        gate >= other.gate && groups.isSubset(of: other.groups)
    }
}

extension Judgement {
    /// The rules of a policy that applied; empty if it was not asked.
    public func matched(in policy: Policy) -> RuleSet { part(policy)?.matched ?? RuleSet() }

    /// The rules of a policy that decided the gate: those that refuse; where nothing was left to release, those
    /// that withhold; those that hold; and for an open gate those that share.
    public func decidedBy(in policy: Policy) -> RuleSet {
        guard let part = part(policy) else { return RuleSet() }
        switch gate {
        case .refused: return rules.allSatisfy(\.refusesNone) ? part.withholding : part.refusing
        case .held: return part.holding
        case .open: return part.sharing
        }
    }

    /// The desks that must decide, all of them; empty unless the gate is held.
    public func holds(in policies: [Policy]) -> [Hold] {
        guard gate == .held else { return [] }
        var holds: [Hold] = []
        for policy in policies {
            for place in part(policy)?.holding.places ?? [] where place < policy.rules.count {
                guard let hold = policy.rules[place].effect.hold else { continue }
                if !holds.contains(hold) { holds.append(hold) }
            }
        }
        return holds
    }

    func part(_ policy: Policy) -> AppliedRules? { rules.first { $0.policy == policy.mark } }
}
