import ArgumentParser

/// `comity bench`
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure this machine and this build.",
        subcommands: [
            BenchExchange.self, BenchPolicy.self, BenchCedar.self, BenchLedger.self, BenchIdle.self,
            BareSwitchVerb.self,
        ])
}
