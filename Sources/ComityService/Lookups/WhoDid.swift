package import ComityDirectory
package import ComityMessages
package import ComityStore

/// Who looked at an owner's records, how often, and what became of it.
package struct WhoDid: Hashable, Sendable, Encodable {
    /// One agency, or the total.
    package struct Row: Hashable, Sendable, Encodable {
        /// The agency ID; empty for the total.
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

        fileprivate mutating func add(_ outcome: Outcome?, _ count: Int) {
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
    package let owner: String
    package let ownerName: String
    /// Agencies by the number of their look-ups, the most first.
    package let rows: [Row]
    package let total: Row
    /// The time of the last entry that is counted; `nil` if there is none.
    package let asOf: Timestamp?
    package let cannotSee: [String]

    /// - Parameters:
    ///   - filter: as given to `LookupViews.counts`; its owner is the one that the page is about.
    ///   - counts: what the read models said.
    package init(
        _ counts: [LookupCount], filter: LookupFilter, owner: MemberCode, period: Period,
        directory: Directory,
        asOf: Timestamp?
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
        self.rows = rows.values.sorted { ($1.lookups, $0.agency) < ($0.lookups, $1.agency) }
        self.total = total
        self.owner = owner.description
        ownerName = directory.name(of: owner) ?? owner.description
        self.asOf = asOf
        sentence = Self.sentence(total, self.rows.count, filter, ownerName, period, directory)
        cannotSee = [
            "look-ups that reach the owner's records by another way than this switch",
            "whether a stated reason is true", "what a receiving agency does with an answer",
        ]
    }

    private static func sentence(
        _ total: Row, _ agencies: Int, _ filter: LookupFilter, _ owner: String, _ period: Period,
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
        let time = period.words.prefix(1).uppercased() + period.words.dropFirst()
        guard total.lookups > 0 else {
            return "\(time), \(who == "0 agencies" ? "no agency" : who) looked at \(owner)'s records"
                + (filter.agency == nil && filter.family == nil && filter.reason == nil
                    && filter.outcome == nil
                    ? "." : " in the way that was asked about.")
        }
        let parts = [
            ("Released", total.released), ("Released in part", total.inPart), ("Held for review", total.held),
            ("Refused", total.refused), ("No answer", total.noAnswer), ("Passed on", total.passedOn),
            ("under way", total.underWay),
        ].filter { $0.1 > 0 }.map { "\($0.0) \(grouped($0.1))" }
        return "\(time), \(who) looked at \(owner)'s records \(what): \(parts.joined(separator: ", "))."
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
