import ArgumentParser
import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import ComityStoreSQLite

/// `comity ledger count`
struct LedgerCount: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "How many entries each ledger says it has, and its root.",
        discussion: "Quick, because it believes the recorded heads; `comity ledger verify` does not.")

    @Option(help: "Only this owner's ledgers.")
    var owner: MemberCode?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Row: Encodable {
        let ledger: String
        let entries: UInt64
        let root: String
    }

    func run() throws {
        try output.run {
            let place = home.place
            guard place.exists else { throw HomeError.missing(place.path) }
            let rows = try StoreReader(path: place.store).heads()
                .filter { owner == nil || LedgerName($0.name)?.owner == owner?.description }
                .sorted { $0.name < $1.name }
                .map {
                    Row(
                        ledger: $0.name, entries: $0.size, root: LedgerHash($0.root)?.description ?? "damaged"
                    )
                }
            if output.json {
                output.printJSON(rows)
            } else {
                var table = Table(["ledger", "entries", "root"], numbers: [1])
                for row in rows { table.add([row.ledger, "\(row.entries)", row.root]) }
                print(table.text(output.isTerminal ? .aligned : .tabs))
            }
            return 0
        }
    }
}
