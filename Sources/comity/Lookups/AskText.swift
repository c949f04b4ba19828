import ComityNode
import ComityService

/// What came back from `comity ask`, for people.
struct AskText {
    let output: OutputOptions

    func text(_ report: AskReport) -> String {
        if let error = report.error { return output.strong("ERROR") + "   \(error)" }
        return report.answers.map(text).joined(separator: "\n\n")
    }

    private func text(_ answer: AskReport.Answer) -> String {
        var head = output.strong(answer.outcome.words.uppercased()) + "   \(answer.owner)"
        if let reference = answer.reference { head += "   \(reference)" }
        if let rule = answer.rule { head += "   rule \(rule)" }
        var lines = [head]
        lines += answer.text.map { "  \($0)" }
        for element in answer.elements { lines.append("  \(element.prefix)/\(element.value)") }
        if let here = answer.passedOn?.first {
            lines.append(
                "  passed on: comity explain \(here); why: ask \(answer.owner), with the reference above")
        } else if let reference = answer.reference {
            lines.append("  why: comity explain \(reference)")
        }
        return lines.joined(separator: "\n")
    }
}
