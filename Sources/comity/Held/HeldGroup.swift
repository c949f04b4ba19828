import ArgumentParser

/// `comity held`
struct HeldGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "held", abstract: "Look-ups that wait for a person, and what the person decides.",
        discussion: "Needs a running switch: what waits, waits there.",
        subcommands: [HeldList.self, HeldShow.self, HeldApprove.self, HeldRefuse.self])
}
