package import ComityMessages

/// The answer to "what would become of it" or "what became of it": an outcome, or that it cannot be told.
///
/// `exitStatus` is what `comity can` and `comity ask` end with.
package enum Verdict: String, CaseIterable, Hashable, Sendable, Codable {
    case released
    case releasedInPart = "released-in-part"
    case heldForReview = "held-for-review"
    case refused
    case noAnswer = "no-answer"
    case passedOn = "passed-on"
    /// Only of an analysis, never of a look-up.
    case cannotTell = "cannot-tell"

    package init(_ outcome: Outcome) { self = Verdict(rawValue: outcome.rawValue)! }

    /// The fixed words.
    package var words: String { Outcome(rawValue: rawValue)?.words ?? "Cannot tell" }

    /// 0 released (or passed on), 10 in part, 20 held, 30 refused, 35 no answer, 40 cannot tell.
    package var exitStatus: Int32 {
        switch self {
        case .released, .passedOn: 0
        case .releasedInPart: 10
        case .heldForReview: 20
        case .refused: 30
        case .noAnswer: 35
        case .cannotTell: 40
        }
    }

    /// The strictest of several; released if there are none.
    package static func strictest(_ verdicts: some Sequence<Verdict>) -> Verdict {
        verdicts.max { $0.exitStatus < $1.exitStatus } ?? .released
    }
}
