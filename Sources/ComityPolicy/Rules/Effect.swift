public import ComityMessages

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
    /// The request must carry these things; while one is missing, nothing is released.
    case require([Carried])
    /// Somebody is told, whatever becomes of the look-up.
    case notify(DutyTerms)
    /// So many look-ups and no more.
    case limit(LookupLimit)

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
        case .require: "require"
        case .notify: "notify"
        case .limit: "limit"
        }
    }

    /// Whether it says anything about a look-up that asks for these groups.
    func concerns(_ asked: FieldGroupSet) -> Bool {
        switch self {
        case .share(let groups), .withhold(let groups), .hold(for: .some(let groups), _):
            !groups.isDisjoint(with: asked)
        case .refuse, .hold(for: nil, _), .require, .notify, .limit: true
        }
    }
}

/// Who decides a held look-up, by when, and what happens if nobody does.
public struct Hold: Hashable, Sendable, Codable {
    /// What happens after the time.
    public enum Fallback: String, Hashable, Sendable, Codable { case refuse, release }

    /// The name of the desk.
    public let desk: String
    /// How many of its people must let a look-up through: 1, or 2 (`with two people`). One is enough to refuse it.
    public let people: Int
    /// The time it has, in seconds.
    public let seconds: Int64
    /// What happens then.
    public let otherwise: Fallback

    /// The word of the language for 2.
    static let twoPeople = "two"
}
