/// What the tables say of one message key. A class, because it is looked up for every message and a copy of so
/// many lists would cost more than the look-up.
public final class KeyRule: Sendable, Decodable {
    public let key: MessageKey
    /// Plain words: `licence look-up`.
    public let name: String
    /// The group of keys it belongs to: `motor-vehicle`, `system`, ...
    public let family: String
    /// The key of its answer, if it is a question.
    public let answer: MessageKey?
    /// Further keys under which an answer is accepted.
    public let alsoAnswers: [MessageKey]?
    /// The key whose rules hold instead as soon as a region is addressed: `DQG` for `DQ`.
    public let regional: MessageKey?
    /// The key under which an owner gets it, if it is a regional form: `DQ` for `DQG`.
    public let deliveredAs: MessageKey?
    /// Where it may go; without a row, to one to five known addresses.
    public let destinations: DestinationRule?
    /// The only agency that may send it.
    public let origin: ORI?
    /// The sets of elements of which at least one must be complete. With a row the body must be made of elements;
    /// without one nothing is required and every element is allowed.
    public let requires: [[String]]?
    /// Elements allowed beside the required ones.
    public let allows: [String]?
    /// Whether further elements are allowed, because the set of fields of this key is not public.
    public let others: Bool?
    /// Elements of the XML form, which the legacy text of this key does not have.
    public let xmlOnly: [String]?
    /// Sets of elements of which at most one may stand.
    public let never: [[String]]?
    /// Elements that may stand only when one of these members is asked.
    public let onlyTo: [String: [MemberCode]]?
    /// Element rules that differ from the common ones for this key.
    public let elements: [String: ElementForm]?
    /// The order in which elements are written when no order is given.
    public let order: [String]?
    /// What it asks for, by the first of these elements that it holds; for motor-vehicle look-ups only.
    public let requests: [RequestRule]?
    public let known: Certainty?
}

/// Where a message key may go.
public struct DestinationRule: Hashable, Sendable, Codable {
    /// The largest number of destinations.
    public let most: Int
    /// Classes of member, or `agency` for nine characters.
    public let accepts: [String]
    /// Single codes accepted whatever their class.
    public let also: [MemberCode]?
    /// Codes that must be the only destination.
    public let alone: [MemberCode]?
}

/// Which request a key makes when a certain element is present.
public struct RequestRule: Hashable, Sendable, Codable {
    public let element: String
    public let kind: RequestKind
    public let breadth: Breadth
}
