import ArgumentParser
import ComityNode
import ComitySimulation

/// `comity bench bare-switch`: what `comity bench exchange --compare` starts beside the product's switch.
struct BareSwitchVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bare-switch",
        abstract: "A switch without envelopes and seals, on a new home of a benchmark only.",
        shouldDisplay: false)

    @Option(help: ArgumentHelp("The configuration file (JSON).", valueName: "file"))
    var config: String

    func run() throws { try BareSwitch.serve(try NodeConfiguration(file: config)) }
}
