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
    /// The rules, in the order of the file, which means nothing.
    public let rules: [Rule]
    /// The tests in the file.
    public let tests: [PolicyTest]
    /// The file.
    public let text: String
    /// SHA-256 of the text; 32 bytes.
    public let hash: [UInt8]

    /// The first eight bytes of the hash, by which judgements name the policy.
    public let mark: PolicyMark

    /// The code by which the network's own files name their owner.
    public static let network = MemberCode.network

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
