package import ComityMessages

/// The read models: made from entries after they were committed, never the other way round.
///
/// Nothing that must be right reads them: they may lag, and may be deleted and made anew.
package protocol LookupViews: Sendable {
    /// The store's number of the last entry that is in them.
    func cursor() throws -> Int64
    /// Adds what entries mean, and moves the cursor to `entry`, in one step.
    func apply(_ changes: [ViewChange], through entry: Int64) throws
    /// The look-ups whose transaction id begins with these 64 bits.
    func lookups(reference: UInt64) throws -> [LookupRow]
    /// Look-ups of a kind, the newest first.
    func newest(_ filter: LookupFilter, limit: Int) throws -> [LookupRow]
    /// What desks decided about them: the store's numbers of the reviews' entries, in order.
    func reviews(reference: UInt64) throws -> [Int64]
    /// Counts look-ups by agency and outcome.
    func counts(_ filter: LookupFilter) throws -> [LookupCount]
    /// Counts look-ups by other things, in the order of the list, and by outcome.
    func counts(_ filter: LookupFilter, by groupings: [LookupGrouping]) throws -> [LookupGroupCount]
    /// Everything, in one fixed order, as text: equal before and after they are made anew.
    func dump() throws -> [String]
}

/// Which look-ups to count.
package struct LookupFilter: Hashable, Sendable {
    package var owner: String?
    /// The first moment, and the first moment after.
    package var from: Timestamp?
    package var to: Timestamp?
    /// A family: own or by affiliation, and everything below it.
    package var family: String?
    package var agency: String?
    /// A reason code; empty text for "none stated".
    package var reason: String?
    package var outcome: Outcome?
    /// A kind of line, such as `regional-hub`.
    package var path: String?
    /// The agency for which it was asked; empty text for "nobody named".
    package var behalf: String?

    package init() {}
}

/// How many look-ups of one agency had one outcome.
package struct LookupCount: Hashable, Sendable {
    package var agency: String
    /// `nil`: under way.
    package var outcome: Outcome?
    package var count: Int

    package init(agency: String, outcome: Outcome?, count: Int) {
        self.agency = agency
        self.outcome = outcome
        self.count = count
    }
}
