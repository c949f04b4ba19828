public import ComityMessages

/// In what two versions of a directory differ about agencies.
public struct DirectoryDifference: Hashable, Sendable {
    /// Agencies that only the newer one knows, in order.
    public let added: [ORI]
    /// Agencies that only the older one knows, in order.
    public let removed: [ORI]
    /// Agencies of which the two say something else (name, kind, member, family, ties, certifications), in order.
    public let changed: [ORI]

    /// Whether the two say the same of every agency.
    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

    /// Every agency that is not the same in both, in order.
    public var all: [ORI] { (added + removed + changed).sorted() }

    public init(from old: Directory, to new: Directory) {
        added = new.agencies.map(\.ori).filter { old.agency($0) == nil }
        removed = old.agencies.map(\.ori).filter { new.agency($0) == nil }
        let oldTies = Dictionary(grouping: old.affiliations, by: \.ori)
        let newTies = Dictionary(grouping: new.affiliations, by: \.ori)
        changed = new.agencies.filter { agency in
            guard let before = old.agency(agency.ori) else { return false }
            return before != agency || oldTies[agency.ori] != newTies[agency.ori]
                || old.certifications(of: agency.ori) != new.certifications(of: agency.ori)
        }.map(\.ori)
    }
}
