import ArgumentParser

/// `comity configuration`
struct ConfigurationGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configuration",
        abstract: "How a switch is configured: change it while it runs, see what it was, go back.",
        subcommands: [
            ConfigurationApply.self, ConfigurationHistory.self, ConfigurationRevert.self,
            ConfigurationShow.self,
        ])
}
