import ArgumentParser
import ComityNode
import ComityService

/// `comity link list`
struct LinkList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every link and how it stands.",
        discussion: "Ends with status 1 if no switch runs on the home.")

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let cards = try ControlClient.links(home.open().home)
            if output.json {
                output.printJSON(["links": cards])
                return 0
            }
            print(LinkText.sentence(cards))
            var table = Table(
                ["LINK", "STATE", "SESSIONS", "WAITING", "OPEN", "HELD", "ANSWERS FOR"],
                numbers: [2, 3, 4, 5])
            for card in cards {
                table.add([
                    card.link, card.state.rawValue.uppercased(), "\(card.sessions)", "\(card.waiting)",
                    "\(card.openLookups)", "\(card.heldLookups)", card.answersFor.joined(separator: " "),
                ])
            }
            print(table.text(output.isTerminal ? .aligned : .tabs))
            return 0
        }
    }
}
