import ArgumentParser
import ComityDirectory
import ComityMessages
import ComityNode
import ComityService
import ComityStore
import ComityStoreSQLite

/// `comity message find`
struct MessageFind: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract:
            "Look-ups by who asked, whom, when, and what came of it, or messages passed on; the newest first.",
        discussion: """
            By what can be shown to an operator; never by a person's data. Who looked a licence number up, only its owner's \
            key tells: comity ledger lookups-of.

            Example: comity message find --agency OR0260200 --period 1d --outcome no-answer
            Example: comity message find --relayed --agency OR0260200 --period 1d
            """)

    @OptionGroup var lookups: LookupFilterOptions

    @Flag(help: "Messages that were passed on (AM, AML, SM) instead of look-ups; with --agency and --period.")
    var relayed = false

    @Option(help: "At most so many.")
    var limit = 50

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Row: Encodable {
        let asked: Timestamp
        let reference: String
        let agency: String
        let owner: String
        let key: String
        let outcome: Outcome?
        let rule: String
    }

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is 1 to 10,000") }
        guard
            !relayed
                || (lookups.owner == nil && lookups.family == nil && lookups.reason == nil
                    && lookups.outcome == nil)
        else {
            throw ValidationError("with --relayed go --agency, --period and --limit only")
        }
    }

    func run() throws {
        try output.run {
            let reader = try home.open()
            let stretch = try lookups.stretch()
            if relayed {
                show(
                    try RelayRow.rows(
                        RecordedRelay.newest(
                            agency: lookups.agency, period: stretch, limit: limit + 1,
                            store: reader.store())))
                return 0
            }
            // One more than is shown says whether there are more.
            let found = try reader.views().newest(
                lookups.filter(in: stretch, reader.tables), limit: limit + 1)
            let rows = found.prefix(limit).map { row in
                Row(
                    asked: row.asked, reference: row.reference, agency: row.agency, owner: row.owner,
                    key: row.key, outcome: row.outcome, rule: row.rule)
            }
            if output.json {
                output.printJSON(["lookups": rows])
            } else {
                show(rows, hasMore: found.count > limit)
            }
            return 0
        }
    }

    private func show(_ relays: [RelayRow]) {
        if output.json {
            output.printJSON(["messages": Array(relays.prefix(limit))])
            return
        }
        var table = Table(["received", "reference", "agency", "link", "key", "destinations", "text"])
        for row in relays.prefix(limit) {
            table.add([
                "\(row.received)", row.reference, row.agency ?? "unknown", row.link, row.key,
                row.destinations.joined(separator: " "), row.text,
            ])
        }
        print(table.text(output.isTerminal ? .aligned : .tabs))
        let count = min(limit, relays.count)
        print(
            (output.isTerminal ? "" : "# ") + (count == 1 ? "1 message" : "\(count) messages")
                + (relays.count > limit ? "; there are more: --limit, --period" : ""))
    }

    private func show(_ rows: [Row], hasMore: Bool) {
        var table = Table(["asked", "reference", "agency", "owner", "key", "outcome", "rule"])
        for row in rows {
            table.add([
                "\(row.asked)", row.reference, row.agency, row.owner, row.key,
                row.outcome?.words ?? "under way", row.rule,
            ])
        }
        print(table.text(output.isTerminal ? .aligned : .tabs))
        let mark = output.isTerminal ? "" : "# "
        print(
            mark + (rows.count == 1 ? "1 look-up" : "\(rows.count) look-ups")
                + (hasMore ? "; there are more: --limit, --period" : ""))
    }
}
