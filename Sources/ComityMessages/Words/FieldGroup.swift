/// A kind of fact about a person or vehicle that a sharing rule gives or withholds as one.
///
/// The raw value is the word of the policy language, of screens and of JSON. The position in `allCases` is the
/// bit in `FieldGroupSet` and must never change: ledger entries hold it.
public enum FieldGroup: String, CaseIterable, Hashable, Sendable, Codable {
    case identity, description, address, licence, status, photo, ssn, document, history, vehicle
    case registeredOwner = "registered-owner"
    case safety

    /// The bit of this group in a `FieldGroupSet`.
    public var bit: UInt16 { 1 << UInt16(Self.allCases.firstIndex(of: self)!) }
}

/// A set of field groups, one bit each.
public struct FieldGroupSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The set of the given groups.
    public init(_ groups: some Sequence<FieldGroup>) {
        self.init(rawValue: groups.reduce(0) { $0 | $1.bit })
    }

    /// Every group there is.
    public static let all = FieldGroupSet(FieldGroup.allCases)

    /// Whether the set holds a group.
    public func contains(_ group: FieldGroup) -> Bool { rawValue & group.bit != 0 }

    /// The groups in their fixed order.
    public var groups: [FieldGroup] { FieldGroup.allCases.filter(contains) }

    /// The groups as words: `identity, licence`.
    public var words: String { groups.map(\.rawValue).joined(separator: ", ") }
}
