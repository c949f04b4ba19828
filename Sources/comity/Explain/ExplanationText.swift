import ComityPolicy
import ComityService

/// An explanation as lines of text. The sentences are those of the explanation itself; only the frame is made here.
enum ExplanationText {
    static func lines(_ explanation: Explanation, request: String? = nil) -> [String] {
        var lines: [String] = []
        lines.append(explanation.sentence)
        let requester = explanation.requester
        let place = [requester.kind, requester.family].compactMap(\.self).joined(separator: ", ")
        lines.append(
            "  who         \(requester.id) \(requester.name ?? "(not in the directory)")\(place.isEmpty ? "" : ", \(place)")"
        )
        if !requester.affiliations.isEmpty {
            lines.append("  tied to     \(requester.affiliations.joined(separator: ", "))")
        }
        if let other = explanation.onBehalfOf {
            lines.append(
                "  on behalf   \(other.id.isEmpty ? "an agency that cannot be read" : other.id) \(other.name ?? "")"
            )
        }
        if let request { lines.append("  request     \(request)") }
        lines.append("  asked for   \(list(explanation.data))")
        lines.append("  let through \(list(explanation.fieldsReleased))")
        for withheld in explanation.fieldsWithheld {
            lines.append("  withheld    \(withheld.field)\(withheld.rule.map { " by \($0.id)" } ?? "")")
        }
        for rule in explanation.decidingRules { lines.append("  decided by  \(ReaderWords.cited(rule))") }
        for rule in explanation.alsoMatched { lines.append("  also        \(ReaderWords.cited(rule))") }
        for other in explanation.notMatched {
            lines.append("  not         \(other.rule.id) \"\(other.rule.words)\": \(other.because)")
        }
        lines.append("  policies    \(explanation.policies.joined(separator: ", "))")
        if !explanation.decisionOnFile {
            lines.append("  no decision on file: the network's default applies")
        }
        for next in explanation.next { lines.append("  to obtain   \(next)") }
        for blind in explanation.cannotSee { lines.append("  cannot see  \(blind)") }
        return lines
    }

    private static func list(_ words: [String]) -> String {
        words.isEmpty ? "nothing" : words.joined(separator: ", ")
    }
}
