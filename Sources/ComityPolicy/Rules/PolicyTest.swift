public import ComityMessages

/// One `test` of a policy file: a look-up and what must become of it.
public struct PolicyTest: Hashable, Sendable {
    /// What it shows.
    public let title: String
    /// The line of the file on which it begins.
    public let line: Int
    /// The look-up.
    public let facts: FactVector
    /// Whether facts of the record are given, so that the answer is judged too.
    public let hasRecord: Bool
    /// What is expected, all of it.
    public let expectations: [Expectation]

    /// One expectation.
    public enum Expectation: Hashable, Sendable {
        case gate(Gate, by: [String])
        case released(FieldGroupSet)
        case withheld(FieldGroupSet, by: [String])
        /// These `notify` rules make a duty.
        case duty([String])
        /// These `notify` rules make no duty.
        case noDuty([String])
        /// These things are missing, in words of the language.
        case missing([Carried])
    }
}
