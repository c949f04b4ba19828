package import ComityMessages

/// What a demo is made from.
package struct DemoPlan: Hashable, Sendable {
    /// The folder of its home.
    package var home: String
    package var seed: UInt64
    package var scale: YearScale
    /// When the past ends.
    package var end: Timestamp
    /// Made-up people of each owner, each with a vehicle.
    package var peoplePerOwner = 400
    /// Owners whose agencies keep no driver history here: asked for it, they say that there is no such file.
    package var withoutHistory: Set<MemberCode> = [MemberCode("VT")!, MemberCode("HI")!]
    /// Live messages of a demo that ends by itself.
    package var liveMessages = 60
    /// Live messages a second of one that goes on.
    package var livePerSecond = 3

    package static let defaultHome = "comity-demo"
    package static let defaultSeed: UInt64 = 1

    package init(home: String, seed: UInt64, scale: YearScale, end: Timestamp) {
        self.home = home
        self.seed = seed
        self.scale = scale
        self.end = end
    }
}
