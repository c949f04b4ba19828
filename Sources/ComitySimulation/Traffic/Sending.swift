package import ComityMessages

/// A message on its way to the switch.
package struct Sending: Hashable, Sendable {
    /// The link that it comes by.
    package var link: String
    package var bytes: [UInt8]
    /// The owners that it asks; empty if it is refused as a message, before anybody judges it.
    package var owners: [MemberCode]

    /// How many answers the sender gets: one for each owner, or one that says what was wrong.
    package var answers: Int { max(1, owners.count) }
}
