package import ComityMessages

/// Where an owner's answers come from.
///
/// A source finds; it does not judge. It is asked only for look-ups that the judgement of the question let pass,
/// gives every element with its field group, and leaves all cutting to the exchange.
package protocol RecordSource: Sendable {
    /// Answers one look-up. Does not throw: a source that cannot answer now says so in the answer.
    func answer(_ query: RecordQuery) -> RecordAnswer
}
