import ArgumentParser

/// `comity policy`
struct PolicyGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Sharing policies: check them, run their tests, judge by them.",
        subcommands: [PolicyCheck.self, PolicyTestVerb.self, PolicyJudge.self])
}
