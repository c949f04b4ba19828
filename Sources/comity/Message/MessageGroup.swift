import ArgumentParser

/// `comity message`
struct MessageGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "message",
        abstract:
            "Find messages, follow them, see to those that were set aside; read, check and write single ones.",
        subcommands: [
            MessageFind.self, MessageTraceVerb.self, MessageResend.self, MessageParse.self, MessageCheck.self,
            MessageFormat.self,
            PoisonGroup.self,
        ])
}
