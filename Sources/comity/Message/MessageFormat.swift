import ArgumentParser
import ComityMessages
import ComityNode
import ComityService
import Foundation

/// `comity message format`
struct MessageFormat: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "format",
        abstract: "Write a message from JSON on standard input, as `comity message parse --json` prints it.",
        discussion: """
            Prints the bytes of the message and nothing else. A message that could not be read back as the same one \
            is refused with status 1.
            """)

    @Option(
        help: "The header to write. Default: output if the JSON has `received` and `sent`, input otherwise.")
    var direction: Direction?

    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let tables = try DataFolder.find().tables()
            let bytes = try standardInput(atMost: 1 << 20)
            let report: MessageReport
            do {
                report = try JSONDecoder().decode(MessageReport.self, from: Data(bytes))
            } catch let error as DecodingError {
                throw ServiceError(
                    "json-unreadable", "standard input is not the JSON of a message: \(error.words)",
                    next: "`comity message parse --json` shows the form")
            }
            do throws(MessageError) {
                let message = try report.message(tables: tables)
                let way = direction ?? (message.stamps == nil ? .input : .output)
                FileHandle.standardOutput.write(Data(try LegacyCodec.encode(message, direction: way)))
                return 0
            } catch {
                let refused = MessageReport(error)
                if output.json {
                    output.printJSON(refused)
                } else {
                    FileHandle.standardError.write(Data((ReportText.text(refused, output) + "\n").utf8))
                }
                return 1
            }
        }
    }
}
