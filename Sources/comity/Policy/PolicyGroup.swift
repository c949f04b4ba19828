import ArgumentParser

/// `comity policy`
struct PolicyGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Sharing policies: check them, run their tests.",
        subcommands: [PolicyCheck.self, PolicyTestVerb.self])
}
