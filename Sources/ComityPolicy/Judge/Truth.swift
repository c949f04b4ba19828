/// The three values of Kleene's logic, in their order: the least is `and`, the greatest is `or`.
public enum Truth: UInt8, Comparable, Sendable {
    case no, unknown, yes

    /// True or false; `nil` is unknown.
    init(_ known: Bool?) { self = known.map { $0 ? .yes : .no } ?? .unknown }

    public static func < (a: Truth, b: Truth) -> Bool { a.rawValue < b.rawValue }

    static prefix func ! (a: Truth) -> Truth { Truth(rawValue: 2 - a.rawValue)! }
}
