import ComityMessages
import ComityPolicy
import ComityService

/// A recorded look-up for people.
struct LookupText {
    let output: OutputOptions

    func text(_ page: LookupPage) -> String {
        let word = page.outcome?.words.uppercased() ?? "UNDER WAY"
        var lines = [
            output.strong(word) + "   \(page.reference)   \(page.agency) asked \(page.owner) (\(page.key))"
        ]
        if let ending = page.ending { lines.append("  ended       \(ending)") }
        if page.outcome == .released || page.outcome == .releasedInPart {
            lines.append(
                "  released    \(list(page.groupsReleased)), \(page.records == 1 ? "1 record" : "\(page.records) records")"
            )
        }
        if !page.decidedBy.isEmpty { lines.append("  rules       \(page.decidedBy.joined(separator: ", "))") }
        for review in page.reviews ?? [] {
            let did = review.decision == "approve" ? "approved \(list(review.groups))" : "refused"
            lines.append("  reviewed    \(review.desk) \(did): \(review.reason), \(review.place.time)")
        }
        lines.append(
            "  recorded    \(page.question.ledger) entry \(page.question.position), \(page.question.time)")
        if let closing = page.closing {
            lines.append("              \(closing.ledger) entry \(closing.position), \(closing.time)")
        }
        switch page.judgedAgain {
        case .same: lines.append("  judged again from these entries: the same")
        case .different(let differences):
            lines.append("  judged again from these entries: " + output.strong("NOT THE SAME"))
            lines += differences.map { "    \($0)" }
        case .impossible(let why): lines.append("  cannot be judged again: \(why)")
        }
        if !page.decisionOnFile { lines.append("  no decision on file") }
        if let explanation = page.explanation {
            lines.append("")
            if explanation.audience == .asker {
                lines += explanation.lines
            } else {
                lines += ExplanationText.lines(explanation)
            }
        }
        return lines.joined(separator: "\n")
    }

    private func list(_ words: [String]) -> String {
        words.isEmpty ? "nothing" : words.joined(separator: ", ")
    }
}
