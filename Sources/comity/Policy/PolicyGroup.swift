import ArgumentParser

/// `comity policy`
struct PolicyGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Sharing policies: check, test, read, format, export them, judge by them, their history.",
        subcommands: [
            PolicyCheck.self, PolicyTestVerb.self, PolicyShow.self, PolicyFormatVerb.self,
            PolicyLintVerb.self, PolicyExport.self, PolicyJudge.self, PolicyHistoryVerb.self,
        ])
}
