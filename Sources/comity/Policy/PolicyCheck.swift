import ArgumentParser

/// `comity policy check`
struct PolicyCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read policy files, say what is wrong, and check their promises.",
        discussion: "Ends with status 2 if a file cannot be used or a promise is broken.")

    @OptionGroup var files: PolicyFiles
    @OptionGroup var output: OutputOptions

    func run() throws { try output.run { try files.review(output, runsTests: false) } }
}
