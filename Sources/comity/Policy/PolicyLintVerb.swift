import ArgumentParser
import ComityNode
import ComityPolicy
import ComityService

/// `comity policy lint`
struct PolicyLintVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract:
            "Look for rules that do nothing, and for gaps. Safeguards are named, never to be taken out.",
        discussion:
            "Ends with status 2 if there is something to mend. Safeguards, and what could not be told, are "
            + "notes and no faults.")

    @Argument(help: ArgumentHelp("Policy files, or `-`.", valueName: "file"))
    var files: [String]
    @OptionGroup var home: PolicyHome
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let file: String
        let findings: [LintFinding]
    }

    func run() throws {
        try output.run {
            let data = try home.data()
            let (taxonomy, directory) = (try data.taxonomy(), try data.directory())
            let lint = PolicyLint(directory: directory)
            let reports = try files.map { file in
                let (policy, diagnostics) = PolicyLanguage.read(
                    try PolicyTexts.read(file), file: file, taxonomy: taxonomy, directory: directory)
                guard let policy else { throw PolicyTexts.error(file, diagnostics) }
                return Report(
                    file: file,
                    findings: lint.findings(CompiledPolicy(policy, taxonomy: taxonomy), file: file))
            }
            if output.json { output.printJSON(reports) } else { for report in reports { show(report) } }
            return reports.contains { $0.findings.contains(where: \.isFault) } ? 2 : 0
        }
    }

    private func show(_ report: Report) {
        for finding in report.findings {
            let diagnostic = finding.diagnostic
            print(
                "\(diagnostic.file):\(diagnostic.line): \(output.strong(diagnostic.severity.rawValue)): "
                    + "\(diagnostic.message) [\(diagnostic.code)]")
            print("    \(diagnostic.help)")
            switch finding.proof {
            case .complete(let tried): print("    (certain: all \(tried) look-ups that differ were tried)")
            case .sampled(let tried): print("    (from a sample of \(tried) look-ups)")
            case .text: break
            }
        }
        let faults = report.findings.count(where: \.isFault)
        print(
            output.strong(faults == 0 ? "OK" : "LOOK") + "   \(report.file): \(faults) to mend, "
                + "\(report.findings.count - faults) to know")
    }
}
