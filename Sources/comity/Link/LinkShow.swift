import ArgumentParser
import ComityNode
import ComityService

/// `comity link show`
struct LinkShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One link: its state, what waits, and what to do if it is not up.")

    @Argument(help: "The link's name, as in the configuration.")
    var link: String

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let cards = try ControlClient.links(home.open().home)
            guard let card = cards.first(where: { $0.link == link }) else {
                throw ServiceError(
                    "link-unknown", "the switch has no link `\(link)`",
                    next: "see which there are with `comity link list`")
            }
            if output.json {
                output.printJSON(card)
            } else {
                print(LinkText.lines(card, strong: output.strong).joined(separator: "\n"))
            }
            return 0
        }
    }
}
