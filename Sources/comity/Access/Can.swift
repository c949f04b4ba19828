import ArgumentParser
import ComityExchange
import ComityMessages
import ComityNode
import ComityPolicy
import ComityService
import Foundation

/// `comity can`
struct Can: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Can an agency get a group of facts from an owner, by any kind of request?",
        discussion: """
            Judges by the policies in force, as the switch does, and records nothing. Ends with status 0 if it is \
            released, 10 if in part, 20 if held, 30 if refused, 40 if it cannot be told.

            Example: comity can DXCBP0100 photo --owner WA --why
            """)

    @Argument(help: "The agency ID (ORI) that asks.")
    var ori: ORI

    @Argument(
        help:
            "A group of facts, or several with commas: identity, description, address, licence, status, photo, ssn, document, history, vehicle, registered-owner, safety."
    )
    var group: String

    @Option(help: "Whose records.")
    var owner: MemberCode

    @Option(help: "Only by this kind of request.")
    var request: RequestKind?

    @OptionGroup var stated: StatedFacts
    @OptionGroup var policies: PolicySource

    @Flag(help: "Print the whole explanation.")
    var why = false

    @OptionGroup var output: OutputOptions

    func validate() throws { _ = try groups() }

    private func groups() throws -> FieldGroupSet {
        var groups: FieldGroupSet = []
        for word in group.split(separator: ",") {
            guard let group = FieldGroup(rawValue: String(word)) else {
                throw ValidationError(
                    "`\(word)` is no group of facts; the groups are "
                        + FieldGroup.allCases.map(\.rawValue).joined(separator: ", "))
            }
            groups.formUnion(FieldGroupSet([group]))
        }
        guard !groups.isEmpty else { throw ValidationError("name at least one group of facts") }
        return groups
    }

    func run() throws {
        try output.run {
            let at = wallClock()
            let scene = try policies.open(at: at)
            var question = AccessQuestion(
                agency: ori, groups: try groups(), owner: scene.tables.canonical(owner), at: at)
            question.request = request
            question.photo = stated.photo
            question.stated = try stated.elements(scene.rulebook.taxonomy)
            question.path = stated.path
            let check = AccessCheck(rulebook: scene.rulebook, tables: scene.tables)
            let answer = try check.answer(question, rulebook: scene.rulebook)
            if output.json {
                output.printJSON(answer)
            } else {
                print(text(answer))
                if let note = scene.note { print("  note: \(note)") }
            }
            return answer.verdict.exitStatus
        }
    }

    private func text(_ answer: AccessAnswer) -> String {
        let word = answer.verdict.words.uppercased()
        var lines = [output.strong(word) + "   " + answer.sentence]
        for reason in answer.because { lines.append("  because \(reason)") }
        if answer.verdict == .releasedInPart || answer.groups.count > 1 {
            for group in answer.groups {
                lines.append("  \(group.group): \(group.verdict.words), by \(group.request)")
            }
        }
        if !answer.unlessRecordRules.isEmpty, answer.verdict != .refused {
            lines.append(
                "  unless the record itself calls up \(answer.unlessRecordRules.joined(separator: ", "))")
        }
        if !answer.alsoGets.isEmpty {
            let still = answer.verdict == .released ? "it can also get" : "it can still get"
            lines.append(
                "  \(still): \(answer.alsoGets.joined(separator: ", "))   (\(answer.alsoGetsBy.joined(separator: ", ")))"
            )
        }
        if !answer.decisionOnFile {
            lines.append(
                "  no decision on file: \(answer.owner) has filed no policy, so the network's default applies"
            )
        }
        if answer.verdict != .released {
            for next in answer.explanation.next { lines.append("  to obtain it: \(next)") }
        }
        if why {
            lines.append("")
            lines += ExplanationText.lines(answer.explanation, request: answer.explainedRequest)
        }
        return lines.joined(separator: "\n")
    }
}
