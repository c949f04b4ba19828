import ArgumentParser
import ComityDirectory
import ComityExchange
import ComityMessages
import ComityNode
import ComityService

/// `comity held show`
struct HeldShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "One look-up that waits: who asks for what, why it is held, what can be released.",
        discussion: "The person asked about is not shown. Why each rule applied: comity explain REFERENCE.")

    @Argument(help: "The reference that stands in the answer.")
    var reference: Reference

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let reader = try home.open()
            let cards = try ControlClient.desk(reader.home, .list(owner: nil)).held ?? []
            guard let card = cards.first(where: { $0.reference == reference.description }) else {
                throw ServiceError(DeskFault.notHeld)
            }
            if output.json {
                output.printJSON(card)
                return 0
            }
            let agency = ORI(card.agency).flatMap { try? reader.data.directory().agency($0) }
            print(output.strong("HELD FOR REVIEW") + "   \(card.owner)   \(card.reference)")
            print(
                "  asked by    \(card.agency) \(agency?.name ?? "an agency that the directory does not know")"
            )
            print("  asked       \(card.key), \(card.received)")
            print("  asked for   \(card.asked.joined(separator: ", "))")
            print("  held by     \(card.rules.joined(separator: ", "))")
            for desk in card.desks {
                print("  desk        \(desk.desk): \(desk.standing)")
            }
            print("  at most     \(card.releasable.joined(separator: ", "))")
            print(
                "  then        \(HeldText.then(card)) at \(card.until), in \(HeldText.time(card.secondsLeft))"
            )
            print("  why: comity explain \(card.reference)")
            return 0
        }
    }
}
