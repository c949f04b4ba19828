import ArgumentParser
import ComityNode

/// `comity configuration revert`
struct ConfigurationRevert: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revert", abstract: "Go back to an earlier version, as a new version.",
        discussion: """
            Links, owners, drained links and the imported directory come back as they were then. Policies do not: an older \
            policy comes back under a higher version number of its own.

            Example: comity configuration revert 3
            """)

    @Argument(help: "The number of the version, as in `comity configuration history`.")
    var version: Int

    @OptionGroup var change: ChangeOptions

    func run() throws {
        var request = ChangeRequest()
        request.revert = version
        try change.run(request)
    }
}
