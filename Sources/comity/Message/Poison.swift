import ArgumentParser
import ComityExchange
import ComityNode
import ComityService

/// `comity message poison`
struct PoisonGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poison",
        abstract: "Messages that were set aside, because their link broke over them again and again.",
        discussion: "Needs a running switch.",
        subcommands: [PoisonList.self, PoisonRelease.self, PoisonDiscard.self])
}

/// `comity message poison list`
struct PoisonList: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What was set aside, the oldest first, without its text.")

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let cards = try home.queue(QueueRequest(.setAside)).setAside ?? []
            if output.json {
                output.printJSON(["setAside": cards])
                return 0
            }
            print(cards.isEmpty ? "Nothing is set aside." : "\(cards.count) set aside.")
            guard !cards.isEmpty else { return 0 }
            var table = Table(
                ["NUMBER", "LINK", "KEY", "FROM", "TO", "BREAKS", "BYTES", "SINCE"], numbers: [0, 5, 6])
            for card in cards {
                table.add([
                    "\(card.id)", card.link, card.key, card.agency ?? "unknown", card.destination,
                    "\(card.attempts)", "\(card.length)", card.since,
                ])
            }
            print(table.text(output.isTerminal ? .aligned : .tabs))
            return 0
        }
    }
}

/// `comity message poison release`
struct PoisonRelease: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Have it sent again, marked as a repeat.")

    @Argument(help: "The number, as `list` shows it.")
    var number: UInt64

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            _ = try home.queue(QueueRequest(.release, id: number))
            if !output.json {
                print(output.strong("RELEASED") + "   \(number)   it is sent again, as a repeat")
            }
            return 0
        }
    }
}

/// `comity message poison discard`
struct PoisonDiscard: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard", abstract: "Throw it away; the operations ledger keeps that it was.")

    @Argument(help: "The number, as `list` shows it.")
    var number: UInt64

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            _ = try home.queue(QueueRequest(.discard, id: number))
            if !output.json { print(output.strong("DISCARDED") + "   \(number)") }
            return 0
        }
    }
}

extension HomeOption {
    /// Asks the switch that runs on the home.
    fileprivate func queue(_ request: QueueRequest) throws -> QueueReply {
        let home = try open().home
        guard let reply = try ControlClient.queue(home, request) else {
            throw ServiceError.noSwitch(on: home)
        }
        return reply
    }
}
