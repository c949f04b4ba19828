import ArgumentParser

/// The command line: one file for each verb, grouped as people look for them. No logic here.
@main
struct Comity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comity",
        abstract:
            "Interstate driver and vehicle look-ups, where every state's sharing rules travel with its data.",
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(name: "Run a switch", subcommands: [Demo.self, Serve.self]),
            CommandGroup(name: "Measure", subcommands: [Bench.self]),
        ])
}
