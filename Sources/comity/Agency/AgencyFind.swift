import ArgumentParser
import ComityDirectory
import ComityMessages
import ComityNode
import ComityService

/// `comity agency find`
struct AgencyFind: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Find agencies by words of name, ID, state, kind or family.",
        discussion: "Ends with status 1 if none is found.")

    @Argument(help: "Words; every one must begin a word of the agency.")
    var words: [String]

    @Option(help: "The most agencies to list.")
    var limit = 20

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be above zero") }
    }

    func run() throws {
        try output.run {
            let directory = try home.data().directory()
            let day = wallClock().day
            // One more than asked for tells whether there are more.
            let found = directory.find(words.joined(separator: " "), limit: limit + 1)
            let cards = found.prefix(limit).map { AgencyCard($0, in: directory, on: day) }
            if output.json {
                output.printJSON(cards)
            } else {
                var table = Table(["agency ID", "name", "kind", "member", "family"])
                for card in cards {
                    table.add([card.id, card.name, card.kind, card.member, card.family ?? "-"])
                }
                print(table.text(output.isTerminal ? .aligned : .tabs))
                if found.count > limit {
                    print(output.isTerminal ? "There are more; see them with --limit." : "# there are more")
                }
            }
            return cards.isEmpty ? 1 : 0
        }
    }
}
