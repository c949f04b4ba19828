/// A kind of fact about a person or vehicle that a sharing rule gives or withholds as one.
///
/// The raw value is the word of the policy language, of screens and of JSON. The position in `allCases` is the
/// bit in `FieldGroupSet` and must never change: ledger entries hold it.
public enum FieldGroup: String, CaseIterable, Hashable, Sendable, Codable {
    case identity, description, address, licence, status, photo, ssn, document, history, vehicle
    case registeredOwner = "registered-owner"
    case safety

    /// The bit of this group in a `FieldGroupSet`.
    public var bit: UInt16 {
        switch self {
        case .identity: 1 << 0
        case .description: 1 << 1
        case .address: 1 << 2
        case .licence: 1 << 3
        case .status: 1 << 4
        case .photo: 1 << 5
        case .ssn: 1 << 6
        case .document: 1 << 7
        case .history: 1 << 8
        case .vehicle: 1 << 9
        case .registeredOwner: 1 << 10
        case .safety: 1 << 11
        }
    }
}

/// A set of field groups, one bit each.
public struct FieldGroupSet: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The set of the given groups.
    public init(_ groups: some Sequence<FieldGroup>) {
        self.init(rawValue: groups.reduce(0) { $0 | $1.bit })
    }

    /// Adds a group.
    public mutating func add(_ group: FieldGroup) { self = FieldGroupSet(rawValue: rawValue | group.bit) }

    /// Every group there is.
    public static let all = FieldGroupSet(FieldGroup.allCases)

    /// Whether the set holds a group.
    public func contains(_ group: FieldGroup) -> Bool { rawValue & group.bit != 0 }

    /// The groups in their fixed order.
    public var groups: [FieldGroup] { FieldGroup.allCases.filter(contains) }

    /// The groups as words: `identity, licence`.
    public var words: String { groups.map(\.rawValue).joined(separator: ", ") }
}
