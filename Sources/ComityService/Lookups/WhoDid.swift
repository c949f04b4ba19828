package import ComityDirectory
package import ComityMessages
package import ComityStore

/// Who looked at records of one owner, or of all owners of the switch, how often, and what became of it.
package struct WhoDid: Hashable, Sendable, Encodable {
    /// One agency, one group of look-ups, or the total.
    package struct Row: Hashable, Sendable, Encodable {
        /// What the look-ups of the row have in common, in the order of `by`; nil on a page of agencies.
        package var group: [String]?
        /// The agency ID; empty for the total and for groups.
        package var agency: String
        package var name: String
        package var family: String?
        package var lookups = 0
        package var released = 0
        package var inPart = 0
        package var held = 0
        package var refused = 0
        package var noAnswer = 0
        package var passedOn = 0
        /// Asked and not ended.
        package var underWay = 0

        mutating func add(_ outcome: Outcome?, _ count: Int) {
            lookups += count
            switch outcome {
            case .released: released += count
            case .releasedInPart: inPart += count
            case .heldForReview: held += count
            case .refused: refused += count
            case .noAnswer: noAnswer += count
            case .passedOn: passedOn += count
            case nil: underWay += count
            }
        }
    }

    /// The answer in one sentence, with a number and a time.
    package let sentence: String
    /// `nil`: all owners of the switch.
    package let owner: String?
    package let ownerName: String
    /// What the rows are counted by; `nil` for agencies.
    package let by: [LookupGrouping]?
    /// Agencies by the number of their look-ups, the most first.
    package let rows: [Row]
    package let total: Row
    /// The time of the last entry that is counted; `nil` if there is none.
    package let asOf: Timestamp?
    package let cannotSee: [String]

    /// - Parameters:
    ///   - filter: as given to `LookupViews.counts`; its owner is the one that the page is about.
    ///   - counts: what the read models said.
    ///   - groups: the same look-ups counted by other things, if the rows are not to be agencies.
    package init(
        _ counts: [LookupCount], by groups: WhoDidGroups? = nil, filter: LookupFilter, owner: MemberCode?,
        period: Period, directory: Directory, asOf: Timestamp?
    ) {
        var rows: [String: Row] = [:]
        var total = Row(agency: "", name: "Total")
        for count in counts {
            let known = ORI(count.agency).flatMap { directory.agency($0) }
            rows[
                count.agency,
                default: Row(
                    agency: count.agency, name: known?.name ?? "(not in the directory)",
                    family: known?.family?.description)
            ].add(count.outcome, count.count)
            total.add(count.outcome, count.count)
        }
        let agencies = rows.count
        self.rows =
            groups?.rows(directory)
            ?? rows.values.sorted { ($1.lookups, $0.agency) < ($0.lookups, $1.agency) }
        by = groups?.groupings
        self.total = total
        self.owner = owner?.description
        ownerName = owner.map { directory.name(of: $0) ?? $0.description } ?? "all owners"
        self.asOf = asOf
        let whose = owner == nil ? "the records of all owners" : "\(ownerName)'s records"
        sentence = Self.sentence(total, agencies, filter, whose, period, directory)
        cannotSee = [
            "look-ups that reach the owner's records by another way than this switch",
            "whether a stated reason is true", "what a receiving agency does with an answer",
        ]
    }

    private static func sentence(
        _ total: Row, _ agencies: Int, _ filter: LookupFilter, _ whose: String, _ period: Period,
        _ directory: Directory
    ) -> String {
        var who = agencies == 1 ? "1 agency" : "\(grouped(agencies)) agencies"
        if let family = filter.family {
            let name = FamilyPath(family).flatMap { directory.family($0)?.name }
            who += " of \(name.map { "\($0) (\(family))" } ?? family)"
        }
        var what = "\(grouped(total.lookups)) times"
        if total.lookups == 1 { what = "once" }
        if let reason = filter.reason {
            what += reason.isEmpty ? " with no stated reason" : " for reason \(reason)"
        }
        if let behalf = filter.behalf {
            what += behalf.isEmpty ? " for nobody named" : " for \(behalf)"
        }
        if let path = filter.path { what += " by the path \(path)" }
        let time = period.words.prefix(1).uppercased() + period.words.dropFirst()
        guard total.lookups > 0 else {
            return "\(time), \(who == "0 agencies" ? "no agency" : who) looked at \(whose)"
                + (filter.isNarrowed ? " in the way that was asked about." : ".")
        }
        let parts = [
            ("Released", total.released), ("Released in part", total.inPart), ("Held for review", total.held),
            ("Refused", total.refused), ("No answer", total.noAnswer), ("Passed on", total.passedOn),
            ("under way", total.underWay),
        ].filter { $0.1 > 0 }.map { "\($0.0) \(grouped($0.1))" }
        return "\(time), \(who) looked at \(whose) \(what): \(parts.joined(separator: ", "))."
    }

    /// `1,234,567`
    package static func grouped(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + parts).joined(separator: ",")
    }
}

extension LookupFilter {
    /// Whether it asks for more than an owner and a time.
    fileprivate var isNarrowed: Bool {
        agency != nil || family != nil || reason != nil || outcome != nil || path != nil || behalf != nil
    }
}
