import ComityLedger
package import ComityMessages
package import ComityPolicy

/// For how long a look-up of a sealed investigation is not told to whom it was about.
///
/// That an investigation is sealed is a claim of who asks (the fact `sealed-investigation`), so it holds for a limited
/// time only, counted from the look-up.
package struct Delay: Hashable, Sendable {
    /// Days if the owner sets none.
    package static let usual = 90
    /// The longest that an owner may set, in days.
    package static let most = 365
    /// The fact that says so.
    private static let fact = "sealed-investigation"

    package let days: Int

    package init(days: Int) { self.days = days }

    /// Whether a look-up is still withheld.
    ///
    /// - Parameter facts: `nil` if they cannot be read, and then it is: it may be one of those.
    package func withholds(_ facts: FactVector?, asked: Timestamp, at now: Timestamp, taxonomy: Taxonomy)
        -> Bool
    {
        guard now < asked + .seconds(86_400 * Int64(days)) else { return false }
        guard let facts, let place = taxonomy.position(ofFact: Self.fact) else { return true }
        return facts.value(at: place) == taxonomy.facts[place].value("declared")
    }
}
