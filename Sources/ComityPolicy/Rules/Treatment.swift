/// `treat immigration-entry as immigration`: a value that an owner counts into a class, or out of it, for its own
/// policy only.
public struct Treatment: Hashable, Sendable {
    /// The fact, for example `offence`.
    public let fact: String
    /// The value.
    public let value: String
    /// The class.
    public let group: String
    /// Whether the value is in the class.
    public let isMember: Bool
    /// The line of the file on which it stands.
    public let line: Int
}
