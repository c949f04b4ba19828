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
        discussion: """
            --by counts by something else than the agency: family, affiliation, behalf (for whom it was asked), path, \
            owner, reason, rule, request, month, week, day, weekday, hour; or several, with commas. Times are in UTC.

            Examples: comity who-did --owner WA --family US.DHS --period 7d
                      comity who-did --owner WA --family US.DHS --by family,month
            """)

    @OptionGroup var lookups: LookupFilterOptions

    @Option(help: "Only look-ups that came in by this kind of line, such as regional-hub.")
    var path: String?

    @Option(help: "Only look-ups on behalf of this agency ID (ORI); `none` for those that name nobody.")
    var behalf: String?

    @Option(help: ArgumentHelp("What to count by. Default: agency.", valueName: "what[,what]"))
    var by: Groupings?

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
            let stretch = try lookups.stretch()
            var filter = lookups.filter(in: stretch, reader.tables)
            filter.path = path
            filter.behalf = behalf.map { $0 == "none" ? "" : $0.uppercased() }
            let views = try reader.views()
            let groups = try by.map { by in
                WhoDidGroups(try views.counts(filter, by: by.list), by: by.list)
            }
            let page = WhoDid(
                try views.counts(filter), by: groups, filter: filter,
                owner: lookups.owner.map(reader.tables.canonical), period: stretch,
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
        let heads = page.by?.map(\.rawValue) ?? ["agency ID"]
        let first = heads.count + 1
        var table = Table(
            heads + [
                page.by == nil ? "agency" : "what", "look-ups", "Released", "In part", "Held", "Refused",
                "No answer",
            ] + more(page).map(\.0), numbers: Set(first..<first + 8))
        for row in page.rows + [page.total] {
            let ids = row.group ?? [row.agency] + Array(repeating: "", count: heads.count - 1)
            table.add(
                ids + [row.name]
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
