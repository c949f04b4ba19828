package import ComityMessages

/// What a demo is made from.
package struct DemoPlan: Hashable, Sendable {
    /// The folder of its home.
    package var home: String
    package var seed: UInt64
    /// Thousands of past look-ups.
    package var scale: Int
    /// When the past ends.
    package var end: Timestamp
    /// Days of past traffic.
    package var days = 56
    /// Made-up people of each owner, each with a vehicle.
    package var peoplePerOwner = 200
    /// Owners whose agencies keep no driver history here: asked for it, they say that there is no such file.
    package var withoutHistory: Set<MemberCode> = [MemberCode("VT")!, MemberCode("HI")!]
    /// Live messages of a demo that ends by itself.
    package var liveMessages = 60
    /// Live messages a second of one that goes on.
    package var livePerSecond = 3

    package static let defaultHome = "comity-demo"
    package static let defaultSeed: UInt64 = 1
    package static let defaultScale = 15
    /// The largest scale: a million look-ups.
    package static let maximumScale = 1000

    package init(home: String, seed: UInt64, scale: Int, end: Timestamp) {
        self.home = home
        self.seed = seed
        self.scale = scale
        self.end = end
    }
}
