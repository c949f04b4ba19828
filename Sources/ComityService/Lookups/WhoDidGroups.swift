import ComityDirectory
import ComityMessages
package import ComityStore

/// Look-ups counted by something else than the agencies that asked.
package struct WhoDidGroups: Hashable, Sendable {
    package let groupings: [LookupGrouping]
    private let counts: [LookupGroupCount]

    /// - Parameter counts: as the read models give them for these groupings.
    package init(_ counts: [LookupGroupCount], by groupings: [LookupGrouping]) {
        self.counts = counts
        self.groupings = groupings
    }

    /// One row for each group. Times stay in their order, and so do tables by several things; else the most come
    /// first.
    func rows(_ directory: Directory) -> [WhoDid.Row] {
        var rows: [[String]: WhoDid.Row] = [:]
        for count in counts {
            rows[count.group, default: WhoDid.Row(group: count.group, agency: "", name: "")]
                .add(count.outcome, count.count)
        }
        let isByNumber = groupings.count == 1 && !groupings[0].isTime
        return rows.sorted { one, other in
            if isByNumber, one.value.lookups != other.value.lookups {
                return one.value.lookups > other.value.lookups
            }
            return one.key.lexicographicallyPrecedes(other.key)
        }.map { key, row in
            var row = row
            row.name = zip(groupings, key).map { Self.words($1, for: $0, directory) }.joined(separator: ", ")
            row.group = key
            return row
        }
    }

    /// A value as people read it.
    static func words(_ value: String, for grouping: LookupGrouping, _ directory: Directory) -> String {
        switch grouping {
        case .agency: ORI(value).flatMap { directory.agency($0)?.name } ?? "(not in the directory)"
        case .behalf where !value.isEmpty:
            ORI(value).flatMap { directory.agency($0)?.name } ?? "(not in the directory)"
        case .behalf: "(nobody named)"
        case .family where value.isEmpty: "(outside the federal tree)"
        case .family: FamilyPath(value).flatMap { directory.family($0)?.name } ?? value
        case .affiliation where value.isEmpty: "(tied to no other family)"
        case .affiliation: "tied to " + value
        case .owner: MemberCode(value).flatMap { directory.name(of: $0) } ?? value
        case .weekday: Int(value).flatMap { (1...7).contains($0) ? weekdays[$0 - 1] : nil } ?? value
        case .hour: value + ":00 to " + value + ":59 UTC"
        case .week: "week of " + value
        case .reason where value.isEmpty: "(no reason stated)"
        case .rule where value.isEmpty: "(no rule)"
        case .path where value.isEmpty: "(not known)"
        case .path, .reason, .rule, .request, .month, .day: value
        }
    }

    private static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
}
