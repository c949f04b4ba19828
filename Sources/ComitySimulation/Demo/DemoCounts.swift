package import ComityMessages
package import ComityNode
import ComityStore
import ComityStoreSQLite

/// What became of the look-ups of a home, counted from its read models.
package struct DemoCounts: Hashable, Sendable {
    /// Every outcome with its number; zero where there was none.
    package let outcomes: [Outcome: Int]
    /// Look-ups that have no outcome yet.
    package let underWay: Int
    /// Agencies that asked.
    package let asking: Int

    package var lookups: Int { outcomes.values.reduce(underWay, +) }

    package init(_ home: Home) throws {
        let views = try SQLiteViews(path: home.views)
        let counts = try views.counts(LookupFilter())
        try views.close()
        var outcomes = Dictionary(uniqueKeysWithValues: Outcome.allCases.map { ($0, 0) })
        var underWay = 0
        for count in counts {
            if let outcome = count.outcome {
                outcomes[outcome]! += count.count
            } else {
                underWay += count.count
            }
        }
        self.outcomes = outcomes
        self.underWay = underWay
        asking = Set(counts.map(\.agency)).count
    }
}
