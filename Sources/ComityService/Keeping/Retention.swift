package import ComityMessages

/// For how long envelopes are kept: of look-ups by their owner, of messages that were passed on by the network.
package struct Retention: Hashable, Sendable {
    /// Law-enforcement systems keep their records for a year at least; no owner may set less.
    package static let floor = 365
    /// A hundred years: more is a mistake.
    package static let most = 36_525

    /// For owners that set nothing, in days.
    private let days: Int
    private let owners: [MemberCode: Int]

    /// - Parameter owners: days by the owner's canonical code; the network's among them.
    package init(days: Int = floor, owners: [MemberCode: Int] = [:]) {
        self.days = days
        self.owners = owners
    }

    /// For how many days an owner, or the network, keeps them.
    package func days(of owner: MemberCode) -> Int { owners[owner] ?? days }

    /// What was asked before this moment may go.
    package func end(for owner: MemberCode, at now: Timestamp) -> Timestamp {
        now + .seconds(-86_400 * Int64(days(of: owner)))
    }

    /// The latest such moment of any owner.
    package func end(at now: Timestamp) -> Timestamp {
        now + .seconds(-86_400 * Int64(owners.values.reduce(days, min)))
    }
}
