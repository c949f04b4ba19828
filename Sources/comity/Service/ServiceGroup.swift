import ArgumentParser

/// `comity service`
struct ServiceGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service",
        abstract: "What destinations take: open, hold and forward, not supported, removed.",
        subcommands: [ServiceList.self, ServiceSet.self])
}
