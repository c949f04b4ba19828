/// One fact with a finite set of values that a rule may test.
///
/// A reference, because lists of facts are walked for every look-up and copying one costs more than reading it.
public final class Fact: Sendable {
    /// Where a fact comes from. Facts of the record are unknown while the question is judged.
    public enum Source: String, Hashable, Sendable, Codable { case request, `switch`, message, record }

    /// One value.
    public struct Value: Hashable, Sendable, Codable {
        /// The word of the policy language.
        public let code: String
        /// What it means, for a reader.
        public let words: String
    }

    /// The word of the policy language.
    public let name: String
    /// What it means, for a reader.
    public let title: String
    /// Where it comes from.
    public let source: Source
    /// The prefix of the message element that states it, for facts of the message.
    public let element: String?
    /// Whether only the presence of the element counts (`given`, `missing`), never its text.
    public let isPresence: Bool
    /// Texts of the element that stand for a value by another name.
    public let reads: [String: String]
    /// The values, in the order of their codes.
    public let values: [Value]
    /// Names for several values at once: `judicial` for a claimed and a verified judicial paper.
    public let groups: [String: [String]]
    /// Whether an owner may move values into such a group or out of it, for its own policy.
    public let ownersMayRegroup: Bool
    /// What it is if nobody states it.
    public let ifNotStated: FactValue
    /// What an unlisted text is: the value `other` where there is one, else unknown.
    public let ifNotListed: FactValue

    init(
        name: String, title: String, source: Source, element: String?, isPresence: Bool,
        reads: [String: String], values: [Value], groups: [String: [String]], ownersMayRegroup: Bool,
        ifNotStated: FactValue,
        ifNotListed: FactValue
    ) {
        self.name = name
        self.title = title
        self.source = source
        self.element = element
        self.isPresence = isPresence
        self.reads = reads
        self.values = values
        self.groups = groups
        self.ownersMayRegroup = ownersMayRegroup
        self.ifNotStated = ifNotStated
        self.ifNotListed = ifNotListed
    }

    /// Whether `absent` and `given` may be tested: the fact has a state of its own for "not stated".
    public var canBeAbsent: Bool { ifNotStated == .absent }

    /// The value with a word; `nil` if there is none.
    public func value(_ code: String) -> FactValue? {
        values.firstIndex { $0.code == code }.map { FactValue(index: $0) }
    }

    /// All values that a word stands for, a value or a group; `nil` if it stands for nothing.
    public func meaning(of word: String) -> [FactValue]? {
        if let one = value(word) { return [one] }
        return groups[word].map { $0.compactMap(value) }
    }

    /// A value in words for a reader.
    public func words(of value: FactValue) -> String {
        switch value {
        case .unknown: "unknown"
        case .absent: "not stated"
        default: value.index.flatMap { $0 < values.count ? values[$0].words : nil } ?? "unknown"
        }
    }
}

/// The state of one enumerated fact: unknown, not stated, or one of its values.
public struct FactValue: RawRepresentable, Hashable, Sendable {
    /// 0 unknown, 1 absent, 2 the first value and so on; stands in ledger entries.
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The value at a place in the fact's list.
    public init(index: Int) { rawValue = UInt8(truncatingIfNeeded: index + 2) }

    /// Nobody knows. Makes a rule stricter, never wider.
    public static let unknown = FactValue(rawValue: 0)
    /// Known not to have been stated.
    public static let absent = FactValue(rawValue: 1)

    /// The place in the fact's list; `nil` if unknown or absent.
    public var index: Int? { rawValue >= 2 ? Int(rawValue) - 2 : nil }
}
