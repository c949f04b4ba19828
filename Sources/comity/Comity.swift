import ArgumentParser

/// The command line: one file for each verb, grouped as people look for them. No logic here.
@main
struct Comity: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comity",
        abstract:
            "Interstate driver and vehicle look-ups, where every state's sharing rules travel with its data.",
        version: Version.program,
        groupedSubcommands: [
            CommandGroup(
                name: "Run a switch",
                subcommands: [
                    Demo.self, Serve.self, StatusVerb.self, LinkGroup.self, ServiceGroup.self, HeldGroup.self,
                    ConfigurationGroup.self, Rebuild.self,
                ]),
            CommandGroup(
                name: "Ask and understand", subcommands: [Ask.self, Explain.self, Can.self, WhoDidVerb.self]),
            CommandGroup(
                name: "Policies, agencies, messages, ledgers",
                subcommands: [PolicyGroup.self, AgencyGroup.self, MessageGroup.self, LedgerGroup.self]),
            CommandGroup(name: "Measure", subcommands: [Bench.self]),
            CommandGroup(name: "About", subcommands: [Version.self]),
        ])
}
