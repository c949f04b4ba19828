/// One element of a motor-vehicle record, with the field group that decides whether it may be released.
public struct TaggedElement: Hashable, Sendable {
    /// The element as it will stand in the answer.
    public var element: Element
    /// Its field group; `nil` for free text, which nobody can cut and which therefore is never released in part.
    public var group: FieldGroup?

    public init(_ prefix: String, _ value: String, _ group: FieldGroup?) {
        self.element = Element(prefix: prefix, value: value)
        self.group = group
    }
}

/// One record found by an owner's record source.
public struct VehicleRecord: Hashable, Sendable {
    /// The elements in the order of the answer.
    public var elements: [TaggedElement]
    /// Facts of the record that a sharing rule may test, by the names of the taxonomy, for example
    /// `protected-person` with `yes`. A fact that is not listed is unknown.
    public var facts: [String: String]

    public init(elements: [TaggedElement], facts: [String: String] = [:]) {
        self.elements = elements
        self.facts = facts
    }
}

/// What an owner's record source said.
public enum RecordAnswer: Hashable, Sendable {
    /// The records found; none means "not on file".
    case records([VehicleRecord])
    /// The first records of more than one answer holds: the asker must be told that there are further ones.
    case firstRecords([VehicleRecord])
    /// Entries of the owner's own ledger, a line each: facts of questions, no value of a record. `isCut` if there are
    /// further ones.
    case entries([String], isCut: Bool)
    /// The owner does not keep this file ("FILE NOT AVAILABLE").
    case fileNotAvailable
    /// The source cannot answer now ("TEMPORARILY UNAVAILABLE").
    case temporarilyUnavailable
}
