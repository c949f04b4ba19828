import ArgumentParser
import ComityExchange
import ComityNode
import ComityService
import ComityStoreSQLite

/// `comity service list`
struct ServiceList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Every destination that is not simply open.",
        discussion: "Without a running switch: as the next one would begin.")

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let cards = try cards(home.open())
            if output.json {
                output.printJSON(["services": cards])
                return 0
            }
            print(
                cards.isEmpty
                    ? "Every destination is open." : "\(cards.count) states are set; everything else is open."
            )
            guard !cards.isEmpty else { return 0 }
            var table = Table(["DESTINATION", "KEY", "STATE", "UNTIL", "REASON", "SAID BY", "SINCE"])
            for card in cards {
                table.add([
                    card.destination, card.key ?? "all", card.state, card.until ?? "-", card.reason,
                    card.link.map { "link \($0)" } ?? card.cause, card.since,
                ])
            }
            print(table.text(output.isTerminal ? .aligned : .tabs))
            return 0
        }
    }

    private func cards(_ reader: HomeReader) throws -> [ServiceCard] {
        if let reply = try ControlClient.queue(reader.home, QueueRequest(.services)) {
            return reply.services ?? []
        }
        let store = try reader.store()
        defer { try? store.close() }
        return Exchange.serviceStates(try store.serviceEntries()).map(ServiceCard.init)
    }
}
