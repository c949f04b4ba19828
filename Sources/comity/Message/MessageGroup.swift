import ArgumentParser

/// `comity message`
struct MessageGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract: "Read, check and write single messages; see to those that were set aside.",
        subcommands: [MessageParse.self, MessageCheck.self, MessageFormat.self, PoisonGroup.self])
}
