import ArgumentParser
import ComityPolicy
import ComityService

/// `comity policy fmt`
struct PolicyFormatVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Bring policy files into the house form. Every comment stays, and what they say.",
        discussion:
            "`-` reads standard input and prints the result. With --check nothing is written; the status is "
            + "2 if a file is not in the house form.")

    @Argument(help: ArgumentHelp("Policy files, or `-`.", valueName: "file"))
    var files: [String]
    @Flag(help: "Only say which files would change.") var check = false
    @Flag(help: "Also put rules into the order of their names, and items of one kind together.")
    var sort = false
    @OptionGroup var output: OutputOptions

    private struct Result: Encodable {
        let file: String
        let changed: Bool
    }

    func run() throws { try output.run(format) }

    private func format() throws -> Int32 {
        var results: [Result] = []
        for file in files {
            let text = try PolicyTexts.read(file)
            let (formatted, diagnostics) = PolicyFormat.format(text, file: file, sorted: sort)
            guard let formatted else { throw PolicyTexts.error(file, diagnostics) }
            results.append(Result(file: file, changed: formatted != text))
            if file == "-", !check, !output.json {
                print(formatted, terminator: "")
            } else if formatted != text, !check, file != "-" {
                try PolicyTexts.write(Array(formatted.utf8), to: file)
            }
        }
        if output.json {
            output.printJSON(results)
        } else {
            for result in results where result.changed && (check || result.file != "-") {
                print(check ? "\(result.file) is not in the house form" : "\(result.file) changed")
            }
        }
        return check && results.contains(where: \.changed) ? 2 : 0
    }
}
