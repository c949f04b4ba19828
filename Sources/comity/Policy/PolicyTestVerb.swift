import ArgumentParser

/// `comity policy test`
struct PolicyTestVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Check policy files and their promises, and run the tests that stand in them.",
        discussion: "Ends with status 2 if a file cannot be used, a promise is broken or a test fails.")

    @OptionGroup var files: PolicyFiles
    @OptionGroup var output: OutputOptions

    func run() throws { try output.run { try files.review(output, runsTests: true) } }
}
