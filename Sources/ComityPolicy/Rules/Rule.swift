public import ComityMessages

/// One sharing rule, checked. It can be understood alone.
public struct Rule: Hashable, Sendable {
    /// Its name in the policy, for example `WA-2`.
    public let id: String
    /// What it says, in the owner's words.
    public let title: String
    /// What it does.
    public let effect: Effect
    /// When it applies (`to`, `from` and `when` together).
    public let when: Condition
    /// Its exception.
    public let unless: Condition?
    /// The law it rests on, as cited.
    public let law: [String]
    /// The first day on which it counts; `nil` from the policy's own first day on.
    public let effective: Day?
    /// The last day on which it counts (UTC).
    public let until: Day?
    /// The line of the file on which it begins.
    public let line: Int

    /// Whether it counts on a day.
    public func isInForce(on day: Day) -> Bool {
        (effective.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
    }

    /// When it applies and is not excepted, as one condition.
    public var match: Condition { unless.map { .all([when, .not($0)]) } ?? when }

    /// Whether it tests a fact of the record. To be told that such a rule decided is to be told something about
    /// the person, so askers never are.
    public func restsOnRecord(_ taxonomy: Taxonomy) -> Bool {
        match.mentions { test in
            test.factPosition.map { taxonomy.facts[$0].source == .record } ?? false
        }
    }
}

/// What a rule does.
public enum Effect: Hashable, Sendable {
    /// Grants field groups.
    case share(FieldGroupSet)
    /// Nothing is released.
    case refuse
    /// Takes field groups out of whatever is released.
    case withhold(FieldGroupSet)
    /// A person decides. `for`: only when one of these groups is asked for; `nil` always.
    case hold(for: FieldGroupSet?, Hold)

    /// Whether it can only narrow. Such a rule applies unless its match is false; a share only if it is true.
    public var isRestrictive: Bool {
        if case .share = self { false } else { true }
    }

    /// The word of the language.
    public var word: String {
        switch self {
        case .share: "share"
        case .refuse: "refuse"
        case .withhold: "withhold"
        case .hold: "hold"
        }
    }

    /// Whether it says anything about a look-up that asks for these groups.
    func concerns(_ asked: FieldGroupSet) -> Bool {
        switch self {
        case .share(let groups), .withhold(let groups), .hold(for: .some(let groups), _):
            !groups.isDisjoint(with: asked)
        case .refuse, .hold(for: nil, _): true
        }
    }
}

/// Who decides a held look-up, by when, and what happens if nobody does.
public struct Hold: Hashable, Sendable, Codable {
    /// What happens after the time.
    public enum Fallback: String, Hashable, Sendable, Codable { case refuse, release }

    /// The name of the desk.
    public let desk: String
    /// The time it has, in seconds.
    public let seconds: Int64
    /// What happens then.
    public let otherwise: Fallback
}
