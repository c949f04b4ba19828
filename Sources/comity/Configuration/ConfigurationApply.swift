import ArgumentParser
import ComityNode
import Foundation

/// `comity configuration apply`
struct ConfigurationApply: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Bring a configuration file into force without a restart.",
        discussion: """
            First says what would change, and asks. Links, owners, records, limits, policies and the directory change at \
            once, between two messages; what is under way goes on. Policy files that were edited come into force with it. \
            What needs a restart is listed by itself. The version is kept in the home and recorded in the control ledger.

            Example: comity configuration apply switch.json
            """)

    @Argument(help: "The configuration file (JSON), as `comity serve --config` takes it.")
    var file: String

    @OptionGroup var change: ChangeOptions

    func run() throws {
        var request = ChangeRequest()
        request.file = URL(fileURLWithPath: file).path
        try change.run(request)
    }
}
