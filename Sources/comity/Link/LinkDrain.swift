import ArgumentParser
import ComityNode

/// `comity link drain`
struct LinkDrain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "Take no more from a link; what is under way ends, and can be fetched.",
        discussion: """
            Lasts over restarts, until `comity link resume`. Questions to owners that answer behind the link end as no \
            answer. Kept as a version of the configuration.
            """)

    @Argument(help: "The link's name, as in the configuration.")
    var link: String

    @OptionGroup var change: ChangeOptions

    func run() throws {
        var request = ChangeRequest()
        request.drain = link
        try change.run(request)
    }
}

/// `comity link resume`
struct LinkResume: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Take up a drained link again.")

    @Argument(help: "The link's name, as in the configuration.")
    var link: String

    @OptionGroup var change: ChangeOptions

    func run() throws {
        var request = ChangeRequest()
        request.resume = link
        try change.run(request)
    }
}
