import ArgumentParser
import ComityNode
import ComityPolicy
import ComityService

/// `comity policy show`
struct PolicyShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "A policy in plain English: a summary, and one sentence for each rule.")

    @Argument(help: ArgumentHelp("The policy file, or `-`.", valueName: "file"))
    var file: String
    @OptionGroup var home: PolicyHome
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let data = try home.data()
            let (taxonomy, directory) = (try data.taxonomy(), try data.directory())
            let (policy, diagnostics) = PolicyLanguage.read(
                try PolicyTexts.read(file), file: file, taxonomy: taxonomy, directory: directory)
            guard let policy else { throw PolicyTexts.error(file, diagnostics) }
            let reading = PolicyReading(policy, taxonomy: taxonomy, directory: directory)
            if output.json { output.printJSON(reading) } else { print(reading.text, terminator: "") }
            return 0
        }
    }
}
