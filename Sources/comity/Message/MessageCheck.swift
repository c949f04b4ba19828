import ArgumentParser
import ComityMessages

/// `comity message check`
struct MessageCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read one message on standard input and check the field and destination rules of its key.",
        discussion: "Ends with status 1 if a rule is broken; the report says which, and at which byte.")

    @OptionGroup var input: MessageInput
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            try input.report(output) { bytes, direction, tables throws(MessageError) in
                try LegacyCodec.decodeChecked(bytes, direction: direction, tables: tables)
            }
        }
    }
}
