import ComityLedger
package import ComityMessages

/// A named list of destinations: a message sent to its address goes to each of them.
package struct BroadcastList: Hashable, Sendable {
    package let name: String
    package let destinations: [Address]

    /// The most copies that a message can have.
    package static let mostCopies = RelayEntry.mostDestinations

    package init(name: String, destinations: [Address]) {
        self.name = name
        self.destinations = destinations
    }
}
