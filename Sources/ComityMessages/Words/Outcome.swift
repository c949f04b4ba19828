/// What became of a finished look-up (`heldForReview`: not finished yet).
///
/// The raw value stands in JSON; `words` on every screen, and no other words are allowed. "Not on file" is
/// `released` with no record.
public enum Outcome: String, CaseIterable, Hashable, Sendable, Codable {
    case released
    case releasedInPart = "released-in-part"
    case heldForReview = "held-for-review"
    case refused
    case noAnswer = "no-answer"
    case passedOn = "passed-on"

    /// The fixed words.
    public var words: String {
        switch self {
        case .released: "Released"
        case .releasedInPart: "Released in part"
        case .heldForReview: "Held for review"
        case .refused: "Refused"
        case .noAnswer: "No answer"
        case .passedOn: "Passed on"
        }
    }
}
