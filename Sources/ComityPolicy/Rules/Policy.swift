public import ComityMessages

/// An owner's sharing policy: one file, checked against a taxonomy and a directory.
///
/// Only `PolicyLanguage.read` makes one, so a value of this type holds nothing that could fail while judging.
public struct Policy: Sendable {
    /// The member whose records it governs; `NL` for the network's own files.
    public let owner: MemberCode
    /// Whether it is one of the network's own files (its default or its floor), for every owner.
    public var isNetwork: Bool { owner == Self.network }
    /// The title.
    public let title: String
    /// The number of the version; versions of one owner only rise.
    public let version: Int
    /// The first day on which it counts (UTC).
    public let effective: Day
    /// The last day on which it counts (UTC); afterwards it shares nothing.
    public let until: Day?
    /// The taxonomy that it was written for.
    public let taxonomyVersion: String
    /// The rules, in the order of their names; their order in the file means nothing.
    public let rules: [Rule]
    /// Offences and the like that the owner counts into a class or out of it, for this policy only.
    public let treatments: [Treatment]
    /// Whether refusals that rest on the record are given in the neutral form, whichever rule decides.
    public let isNeutral: Bool
    /// The promises in the file.
    public let promises: [Promise]
    /// The tests in the file.
    public let tests: [PolicyTest]
    /// The file.
    public let text: String
    /// The identity: SHA-256 of the canonical form (see `CanonicalPolicy`); 32 bytes.
    public let hash: [UInt8]

    /// The first eight bytes of the hash, by which judgements name the policy.
    public let mark: PolicyMark

    /// Everything that `require` rules want carried, in the order of the rules; judgements name what is missing by
    /// its place here.
    public let carried: [CarriedPlace]
    /// The limits, for whoever counts.
    public let limits: [LimitRule]

    /// The code by which the network's own files name their owner.
    public static let network = MemberCode.network

    init(
        owner: MemberCode, title: String, version: Int, effective: Day, until: Day?, taxonomyVersion: String,
        rules: [Rule], treatments: [Treatment], isNeutral: Bool, promises: [Promise], tests: [PolicyTest],
        text: String, hash: [UInt8]
    ) {
        self.owner = owner
        self.title = title
        self.version = version
        self.effective = effective
        self.until = until
        self.taxonomyVersion = taxonomyVersion
        self.rules = rules
        self.treatments = treatments
        self.isNeutral = isNeutral
        self.promises = promises
        self.tests = tests
        self.text = text
        self.hash = hash
        mark = PolicyMark(hash: hash)
        carried = rules.enumerated().flatMap { place, rule -> [CarriedPlace] in
            guard case .require(let things) = rule.effect else { return [] }
            return things.map { CarriedPlace(rule: place, carried: $0) }
        }
        limits = rules.enumerated().compactMap { place, rule -> LimitRule? in
            guard case .limit(let limit) = rule.effect else { return nil }
            return LimitRule(name: LimitName(owner: owner, rule: rule.id), place: place, limit: limit)
        }
    }

    /// Whether it counts on a day.
    public func isInForce(on day: Day) -> Bool { effective <= day && (until.map { day <= $0 } ?? true) }

    /// A rule by its id.
    public func rule(_ id: String) -> Rule? { rules.first { $0.id == id } }
}

/// The first eight bytes of a policy's hash.
public struct PolicyMark: Hashable, Comparable, Sendable {
    public let rawValue: UInt64

    init(hash: [UInt8]) { rawValue = hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

    /// An arbitrary fixed order.
    public static func < (a: PolicyMark, b: PolicyMark) -> Bool { a.rawValue < b.rawValue }
}
