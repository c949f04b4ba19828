import ArgumentParser
import ComityDirectory
import ComityMessages
import ComityNode
import ComityService

/// `comity held list`
struct HeldList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What waits, the most urgent first.")

    @Option(help: "Only look-ups of this owner's records.")
    var owner: MemberCode?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let reader = try home.open()
            let owner = owner.map(reader.tables.canonical)
            let cards = try ControlClient.desk(reader.home, .list(owner: owner)).held ?? []
            if output.json {
                output.printJSON(["held": cards])
                return 0
            }
            print(HeldText.sentence(cards))
            guard !cards.isEmpty else { return 0 }
            let directory = try reader.data.directory()
            var table = Table(["REFERENCE", "OWNER", "ASKED BY", "KEY", "DESK", "LEFT", "THEN", "RULE"])
            for card in cards {
                let name = ORI(card.agency).flatMap { directory.agency($0)?.name } ?? "unknown"
                table.add([
                    card.reference, card.owner, "\(card.agency) \(name)", card.key,
                    card.desks.filter(\.waits).map(\.words).joined(separator: " and "),
                    HeldText.time(card.secondsLeft), card.fallback,
                    card.rules.joined(separator: " "),
                ])
            }
            print(table.text(output.isTerminal ? .aligned : .tabs))
            return 0
        }
    }
}
