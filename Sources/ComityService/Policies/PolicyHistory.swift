import ComityLedger
package import ComityMessages
package import ComityStore

/// Which versions of an owner's policy were in force, since when, and what was answered between the day that each
/// says and the moment at which it took effect.
package struct PolicyHistory: Hashable, Sendable, Encodable {
    /// One version.
    package struct Version: Hashable, Sendable, Encodable {
        package let number: UInt64
        /// The first day in force, as the policy itself says.
        package let dated: Day
        /// When the switch began to judge by it.
        package let activated: Timestamp
        /// Whole days from the one to the other; 0 where it took effect in time.
        package let daysLate: Int
        /// Look-ups of the owner's records in that time, judged by what was in force before.
        package internal(set) var lookupsMeanwhile = 0
        /// Of those, the ones that were released, in whole or in part.
        package internal(set) var releasedMeanwhile = 0
        /// SHA-256 of the policy, in hexadecimal digits.
        package let policy: String
    }

    package let owner: String
    package let versions: [Version]
    package let cannotSee = ["on which day somebody decided, unless the policy's own date says so"]

    /// - Parameters:
    ///   - control: every entry of the control ledger.
    ///   - views: the read models.
    package init(of owner: MemberCode, control: [EntryRow], views: some LookupViews) throws {
        var versions: [Version] = []
        for row in control {
            guard case .policy(let entry) = try LedgerEntry(decoding: row.bytes),
                entry.owner == owner.description, entry.change == .activated
            else { continue }
            let dated = Day(number: Int(clamping: entry.effective))
            let activated = Timestamp(milliseconds: Int64(clamping: entry.time))
            var version = Version(
                number: entry.number, dated: dated, activated: activated,
                daysLate: max(0, activated.day.number - dated.number), policy: entry.policy.description)
            // The first one replaced nothing: there is no "meanwhile" before it.
            if version.daysLate > 0, !versions.isEmpty {
                var filter = LookupFilter()
                (filter.owner, filter.from, filter.to) = (owner.description, dated.start, activated)
                for count in try views.counts(filter) {
                    version.lookupsMeanwhile += count.count
                    if [.released, .releasedInPart].contains(count.outcome) {
                        version.releasedMeanwhile += count.count
                    }
                }
            }
            versions.append(version)
        }
        self.owner = owner.description
        self.versions = versions
    }

    private enum CodingKeys: String, CodingKey { case owner, versions, cannotSee }
}
