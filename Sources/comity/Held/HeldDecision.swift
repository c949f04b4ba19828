import ArgumentParser
import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityService

/// What both decisions are given.
struct DecisionOptions: ParsableArguments {
    @Argument(help: "The reference that stands in the answer.")
    var reference: Reference

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who decides, as the desk names its people. Kept sealed.", valueName: "name"))
    var reviewer: String

    @Option(help: "Why: \(ReviewEntry.Reason.allCases.map(\.word).joined(separator: ", ")).")
    var reason: ReviewEntry.Reason

    @Option(help: "For which desk, if several must decide.")
    var desk: String?

    @Option(help: "A note for the owner and its auditor. Kept sealed.")
    var note: String?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    /// Has a running switch take the decision, and says what came of it.
    func decide(_ decision: ReviewEntry.Decision, groups: FieldGroupSet?) throws {
        try output.run {
            let reader = try home.open()
            let decided = DeskDecision(
                reference: reference, desk: desk, decision: decision, groups: groups, reason: reason,
                reviewer: reviewer, note: note ?? "")
            let reply = try ControlClient.desk(reader.home, .decide(decided))
            if output.json {
                output.printJSON(reply)
                return 0
            }
            switch reply.outcome {
            case "approved":
                print(
                    output.strong("APPROVED")
                        + "   \(reference)   the owner is asked, and the asker gets the answer")
            case "waits":
                let desks = (reply.waitsFor ?? []).map(\.words).joined(separator: ", ")
                print(output.strong("APPROVED") + "   \(reference)   it still waits for: \(desks)")
            case "refused-by-policy":
                print(
                    output.strong("REFUSED")
                        + "   \(reference)   approved, but the policy now in force refuses it")
            default: print(output.strong("REFUSED") + "   \(reference)   the asker is told")
            }
            return 0
        }
    }
}

/// `comity held approve`
struct HeldApprove: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Let a held look-up through, whole or in part.",
        discussion: """
            It is judged again under the policy now in force, and never gives more than that lets through.

            Example: comity held approve A91C-03BF-77E0-12AB --as "J. SAMPLE" --reason court-order --give licence,status
            """)

    @Option(help: "The field groups that may go out, with commas. Default: all that the policy lets through.")
    var give: String?

    @OptionGroup var decision: DecisionOptions

    func validate() throws { _ = try groups() }

    private func groups() throws -> FieldGroupSet? {
        guard let give else { return nil }
        return FieldGroupSet(
            try give.split(separator: ",").map { word in
                guard let group = FieldGroup(rawValue: word.lowercased()) else {
                    let all = FieldGroup.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("`\(word)` is no field group; they are \(all)")
                }
                return group
            })
    }

    func run() throws { try decision.decide(.approve, groups: groups()) }
}

/// `comity held refuse`
struct HeldRefuse: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse", abstract: "Refuse a held look-up; the asker is told which desk did, and why.",
        discussion:
            "Example: comity held refuse A91C-03BF-77E0-12AB --as \"J. SAMPLE\" --reason not-authorised")

    @OptionGroup var decision: DecisionOptions

    func run() throws { try decision.decide(.refuse, groups: nil) }
}
