import ArgumentParser

/// `comity link`
struct LinkGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        abstract: "The links of a running switch: who is connected, and what waits for whom.",
        subcommands: [LinkList.self, LinkShow.self, LinkDrain.self, LinkResume.self])
}
