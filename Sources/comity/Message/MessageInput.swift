import ArgumentParser
import ComityMessages
import ComityNode
import ComityService
import Foundation

/// What `comity message parse` and `check` have in common: one message on standard input.
struct MessageInput: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable { case legacy }
    enum Way: String, ExpressibleByArgument, CaseIterable { case input, output, auto }

    @Option(help: "The format of the message.")
    var format = Format.legacy

    @Option(help: "Which header it has: as a member sends it (input), as the switch delivers it (output).")
    var direction = Way.auto

    var legacyDirection: Direction? { Direction(rawValue: direction.rawValue) }

    /// Reads standard input and prints the report; the status is 1 for a message that is refused.
    func report(
        _ output: OutputOptions,
        read: ([UInt8], Direction?, CodeTables) throws(MessageError) -> Message
    ) throws -> Int32 {
        let tables = try DataFolder.find().tables()
        let bytes = try standardInput(atMost: 1 << 20)
        let report: MessageReport
        do throws(MessageError) {
            report = MessageReport(try read(bytes, legacyDirection, tables))
        } catch {
            report = MessageReport(error)
        }
        if output.json { output.printJSON(report) } else { print(ReportText.text(report, output)) }
        return report.verdict == .accept ? 0 : 1
    }
}

/// A message report for people.
enum ReportText {
    static func text(_ report: MessageReport, _ output: OutputOptions) -> String {
        if let refusal = report.refusal {
            let number = refusal.number.map { " (error \($0))" } ?? ""
            let field = refusal.field.map { ", \($0)" } ?? ""
            return output.strong("REJECT")
                + "   \(refusal.code)\(number)\n  at byte \(refusal.offset)\(field): \(refusal.why)"
        }
        guard let message = report.message else { return "" }
        var lines = [output.strong("ACCEPT")]
        lines.append("  key          \(message.key)")
        lines.append("  origin       \(message.origin)")
        lines.append("  destination  \(message.destinations.map(\.description).joined(separator: " "))")
        if let control = message.control { lines.append("  control      \(control)") }
        if let stamps = message.stamps {
            lines.append("  received     \(words(stamps.received))")
            lines.append("  sent         \(words(stamps.sent))")
        }
        for element in message.elements {
            lines.append(
                "  "
                    + element.prefix.padding(
                        toLength: max(12, element.prefix.count), withPad: " ", startingAt: 0) + " "
                    + element.value)
        }
        if !message.text.isEmpty {
            lines.append("  text")
            lines += message.text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
        }
        return lines.joined(separator: "\n")
    }

    private static func words(_ line: ClockLine) -> String { "\(line.time) \(line.date) \(line.count)" }
}
