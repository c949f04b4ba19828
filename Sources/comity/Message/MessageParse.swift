import ArgumentParser
import ComityMessages

/// `comity message parse`
struct MessageParse: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse", abstract: "Read one message on standard input and say what it holds.",
        discussion: "Ends with status 1 if the message cannot be read; the report says why and at which byte."
    )

    @OptionGroup var input: MessageInput
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            try input.report(output) { bytes, direction, tables throws(MessageError) in
                try LegacyCodec.decode(bytes, direction: direction, tables: tables)
            }
        }
    }
}
