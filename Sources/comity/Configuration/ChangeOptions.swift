import ArgumentParser
import ComityNode
import ComityService
import Foundation
import Glibc

/// What every verb that changes a running switch has in common: it says what would change, asks, and does it.
struct ChangeOptions: ParsableArguments {
    @Flag(help: "Only say what would change.")
    var preview = false

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run(_ request: ChangeRequest) throws {
        try output.run {
            let place = try home.open().home
            var trial = request
            trial.isPreview = true
            if preview || !yes {
                let report = try ControlClient.change(place, trial)
                if preview {
                    show(report, as: "WOULD CHANGE")
                    return 0
                }
                guard !report.isEmpty else {
                    print("nothing changes: version \(report.before) stays in force")
                    return 0
                }
                guard isatty(STDIN_FILENO) == 1 else {
                    throw ValidationError(
                        "without a terminal to ask on, say --yes, or --preview to see what would change")
                }
                let lines = ChangeText.lines(report).joined(separator: "\n")
                FileHandle.standardError.write(Data((lines + "\nBring it into force? Type `yes`: ").utf8))
                guard readLine() == "yes" else {
                    print("nothing was changed")
                    return 1
                }
            }
            let report = try ControlClient.change(place, request)
            if report.isEmpty, !output.json {
                print("nothing changes: version \(report.before) stays in force")
            } else {
                show(report, as: "IN FORCE")
            }
            return 0
        }
    }

    private func show(_ report: ChangeReport, as heading: String) {
        if output.json { return output.printJSON(report) }
        print(output.strong(heading) + "   version \(report.version), after \(report.before)")
        for line in ChangeText.lines(report) { print(line) }
        if let place = report.recorded { print("  recorded    \(place.ledger) entry \(place.position)") }
    }
}

/// A change in words.
enum ChangeText {
    private static let mostEffects = 20

    static func lines(_ report: ChangeReport) -> [String] {
        var lines = report.changes.map { "  \($0)" }
        lines += report.atStart.map { "  \($0) (at the next start)" }
        lines += report.activated.map { "  comes into force: \($0)" }
        if !report.effects.isEmpty { lines.append("  judged otherwise, asked with nothing stated:") }
        for effect in report.effects.prefix(mostEffects) {
            lines.append(
                "    \(effect.owner) \(effect.request): \(effect.before) -> \(effect.after): \(effect.agencies) "
                    + "(\(effect.examples.joined(separator: " "))\(effect.agencies > effect.examples.count ? " ..." : ""))"
            )
        }
        if report.effects.count > mostEffects {
            lines.append("    and \(report.effects.count - mostEffects) more; --json has all")
        }
        return lines.isEmpty ? ["  nothing"] : lines
    }
}
