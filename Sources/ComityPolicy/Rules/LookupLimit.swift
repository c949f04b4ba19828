public import ComityDirectory
public import ComityMessages

/// So many look-ups in a period. Whether it is exceeded is a recorded fact of each look-up; who counts is the
/// switch.
public struct LookupLimit: Hashable, Sendable {
    /// How long it is counted: the hour, day or month (UTC) in which the look-up came.
    public enum Period: String, CaseIterable, Hashable, Sendable, Codable { case hour, day, month }

    /// What is counted together.
    public enum Scope: String, CaseIterable, Hashable, Sendable, Codable {
        /// The look-ups of one agency.
        case agency
        /// The look-ups of one family.
        case family
        /// The look-ups that ask about one person or vehicle, whoever asks.
        case subject
    }

    /// What happens beyond it.
    public enum Beyond: Hashable, Sendable {
        case refuse
        case hold(Hold)
    }

    /// The number that is still answered.
    public let most: Int
    public let period: Period
    public let scope: Scope
    public let beyond: Beyond
}

/// The name of a limit: whose policy, which rule. By it a fact vector says that the limit is exceeded.
public struct LimitName: Hashable, Comparable, Sendable {
    /// The owner of the policy; `NL` for the network's own files.
    public let owner: MemberCode
    /// The rule's name.
    public let rule: String

    public init(owner: MemberCode, rule: String) {
        self.owner = owner
        self.rule = rule
    }

    public static func < (a: LimitName, b: LimitName) -> Bool { (a.owner, a.rule) < (b.owner, b.rule) }
}

extension LimitName: LosslessStringConvertible {
    /// `WA WA-9`
    public var description: String { "\(owner) \(rule)" }

    /// `nil` if it is not a member code, a space and a name.
    public init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let owner = MemberCode(String(parts[0])), !parts[1].isEmpty else {
            return nil
        }
        self.init(owner: owner, rule: String(parts[1]))
    }
}

/// A limit of a policy, for whoever counts.
public struct LimitRule: Hashable, Sendable {
    public let name: LimitName
    /// The place of its rule in the policy.
    public let place: Int
    public let limit: LookupLimit
}

/// What a look-up is counted with.
public enum LimitKey: Hashable, Sendable {
    case agency(ORI)
    case family(FamilyPath)
    /// With those about the same person or vehicle; the switch knows them by a keyed hash.
    case subject
}
