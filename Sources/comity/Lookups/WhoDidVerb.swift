import ArgumentParser
import ComityDirectory
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStore
import ComityStoreSQLite

/// `comity who-did`
struct WhoDidVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who-did", abstract: "Who looked at an owner's records, how often, and what came of it.",
        discussion: "Example: comity who-did --owner WA --family US.DHS --period 7d")

    @Option(help: "Whose records.")
    var owner: MemberCode

    @Option(help: "2026-10, 2026-10-05, 7d, or 2026-10-01..2026-10-05. Days are in UTC. Default: all.")
    var period: String?

    @Option(help: "Only agencies of this family or tied to it.")
    var family: FamilyPath?

    @Option(help: "Only this agency ID (ORI).")
    var agency: ORI?

    @Option(help: "Only look-ups with this stated reason; `none` for those without.")
    var reason: String?

    @Option(help: "Only look-ups with this outcome.")
    var outcome: Outcome?

    @Flag(help: "Print comma-separated values.")
    var csv = false

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if csv, output.json { throw ValidationError("--csv and --json exclude each other") }
    }

    func run() throws {
        try output.run {
            let reader = try home.open()
            let now = wallClock()
            let stretch = try period.map { text throws(ServiceError) in try Period(text, at: now) } ?? .always
            var filter = LookupFilter()
            filter.owner = reader.tables.canonical(owner).description
            (filter.from, filter.to) = (stretch.from, stretch.to)
            filter.family = family?.description
            filter.agency = agency?.description
            filter.reason = reason.map { $0 == "none" ? "" : $0 }
            filter.outcome = outcome
            let views = try reader.views()
            let page = WhoDid(
                try views.counts(filter), filter: filter, owner: reader.tables.canonical(owner),
                period: stretch,
                directory: try reader.data.directory(), asOf: try asOf(views.cursor(), reader))
            if output.json { output.printJSON(page) } else { show(page) }
            return 0
        }
    }

    /// The time of the last entry that the read models hold.
    private func asOf(_ cursor: Int64, _ reader: HomeReader) throws -> Timestamp? {
        let store = try reader.store()
        guard let row = try store.entries(after: cursor - 1, limit: 1).first else { return nil }
        return Timestamp(milliseconds: Int64(clamping: try LedgerEntry(decoding: row.bytes).time))
    }

    private func show(_ page: WhoDid) {
        var table = Table(
            [
                "agency ID", "agency", "look-ups", "Released", "In part", "Held", "Refused", "No answer",
            ] + more(page).map(\.0), numbers: [2, 3, 4, 5, 6, 7, 8, 9])
        for row in page.rows + [page.total] {
            table.add(
                [row.agency, row.name]
                    + [row.lookups, row.released, row.inPart, row.held, row.refused, row.noAnswer].map(number)
                    + more(page).map { number(row[keyPath: $0.1]) })
        }
        if csv { return print(table.text(.commas)) }
        let mark = output.isTerminal ? "" : "# "
        print(mark + page.sentence)
        if output.isTerminal { print("") }
        print(table.text(output.isTerminal ? .aligned : .tabs))
        if output.isTerminal { print("") }
        print(mark + "as of \(page.asOf?.description ?? "the beginning: nothing is recorded")")
        print(mark + "This page cannot see: \(page.cannotSee.joined(separator: "; ")).")
    }

    /// Columns that most pages do not need.
    private func more(_ page: WhoDid) -> [(String, KeyPath<WhoDid.Row, Int>)] {
        [("Passed on", \WhoDid.Row.passedOn), ("under way", \.underWay)].filter {
            page.total[keyPath: $0.1] > 0
        }
    }

    private func number(_ value: Int) -> String {
        output.isTerminal && !csv ? WhoDid.grouped(value) : String(value)
    }
}
