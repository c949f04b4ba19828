/// The switch's own number for one session of one link. A session is one run of sequence numbers in each
/// direction; it outlives connections and restarts.
public struct SessionID: Hashable, Comparable, Sendable {
    /// Given in the order in which sessions began; never used again.
    public var number: Int64

    public init(_ number: Int64) { self.number = number }

    public static func < (a: SessionID, b: SessionID) -> Bool { a.number < b.number }
}
