import ArgumentParser

/// `comity policy check`
struct PolicyCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read policy files and say what is wrong, with line and column.",
        discussion: "Ends with status 2 if a file cannot be used.")

    @OptionGroup var files: PolicyFiles
    @OptionGroup var output: OutputOptions

    func run() throws { try output.run { try files.review(output, runsTests: false) } }
}
