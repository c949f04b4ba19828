import ArgumentParser
import ComityDirectory
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStore
import ComityStoreSQLite

/// `comity ledger count`
struct LedgerCount: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "How often somebody looked, counted from an owner's ledger between two seals.",
        discussion: """
            Every entry of the owner's ledgers is read and hashed; the number comes with the counting rule, the versions of \
            the directory, and a seal of each ledger before and after, so that others can count again from the same \
            entries. The count itself is recorded in the owner's ledger. Without --owner: the size and root that each ledger \
            says it has.

            Example: comity ledger count --owner WA --family US.DHS.ICE --from 2026-01-01 --to 2026-12-31
            """)

    @Option(help: "Whose records.")
    var owner: MemberCode?

    @Option(help: "Only look-ups by this family: its own, those tied to it, and those on its behalf.")
    var family: FamilyPath?

    @OptionGroup var period: PeriodOptions
    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        struct Ledger: Encodable {
            let ledger: String
            let fromSeal: String
            let toSeal: String
        }

        let owner: String
        let family: String?
        let from: Timestamp?
        let to: Timestamp?
        let own: LedgerTally.Column
        let affiliated: LedgerTally.Column
        let onBehalf: LedgerTally.Column
        let total: LedgerTally.Column
        /// Recorded under another taxonomy than the one that is here: counted nowhere.
        let unreadable: Int
        let countingRule: String
        let directories: [String]
        let ledgers: [Ledger]
    }

    private struct Row: Encodable {
        let ledger: String
        let entries: UInt64
        let root: String
    }

    func validate() throws {
        if owner == nil, family != nil || period.from != nil || period.to != nil {
            throw ValidationError("--family, --from and --to go with --owner")
        }
    }

    func run() throws {
        try output.run {
            if let owner { return try count(owner) }
            return try list()
        }
    }

    private func count(_ owner: MemberCode) throws -> Int32 {
        let reader = try home.open()
        let code = reader.tables.canonical(owner)
        let lane = try LedgerExtract.Choice.owner(code.description, year: nil).of(reader.store().heads()).name
        home.recordView(of: lane, .search, reason: "count")
        var tally = LedgerTally(family: family, taxonomy: try reader.data.taxonomy())
        let replay = try LookupReplay(
            reader.store(), owner: code, from: period.first, to: period.end
        ) { tally.add($0) }
        let sealing = try reader.sealing(at: nowInSeconds())
        let report = Report(
            owner: code.description, family: family?.description,
            from: period.first,
            to: period.end, own: tally.own, affiliated: tally.affiliated, onBehalf: tally.onBehalf,
            total: tally.total, unreadable: tally.unreadable, countingRule: LedgerTally.rule,
            directories: tally.directories,
            ledgers: try replay.stretches.map { stretch in
                func text(_ state: LookupReplay.State) throws -> String {
                    String(decoding: try sealing.seal(state, of: stretch.ledger).bytes, as: UTF8.self)
                }
                return Report.Ledger(
                    ledger: stretch.ledger.description, fromSeal: try text(stretch.from),
                    toSeal: try text(stretch.to))
            })
        if output.json { output.printJSON(report) } else { show(report, replay.stretches) }
        return 0
    }

    private func show(_ report: Report, _ stretches: [LookupReplay.Stretch]) {
        var table = Table(
            [
                "look-ups", "asked", "Released", "In part", "Refused", "Held", "No answer", "Passed on",
                "under way",
            ],
            numbers: [1, 2, 3, 4, 5, 6, 7, 8])
        let rows =
            family == nil
            ? [("total", report.total)]
            : [
                ("own", report.own), ("affiliated", report.affiliated), ("on behalf", report.onBehalf),
                ("total", report.total),
            ]
        for (name, column) in rows {
            table.add(
                [name]
                    + [
                        column.asked, column.released, column.inPart, column.refused, column.held,
                        column.noAnswer, column.passedOn, column.underWay,
                    ].map(String.init))
        }
        print(table.text(output.isTerminal ? .aligned : .tabs))
        let mark = output.isTerminal ? "" : "# "
        print(mark + report.countingRule)
        for stretch in stretches {
            print(
                mark + "\(stretch.ledger): from \(stretch.from.size) entries, root \(stretch.from.root), to "
                    + "\(stretch.to.size), root \(stretch.to.root)")
        }
        for hash in report.directories { print(mark + "directory \(hash)") }
        if report.unreadable > 0 {
            print(
                mark
                    + "\(report.unreadable) look-ups were recorded under another taxonomy and are not counted"
            )
        }
        print(mark + "--json holds the seals themselves")
    }

    private func list() throws -> Int32 {
        let place = home.place
        guard place.exists else { throw HomeError.missing(place.path) }
        let rows = try StoreReader(path: place.store).heads().sorted { $0.name < $1.name }.map {
            Row(ledger: $0.name, entries: $0.size, root: LedgerHash($0.root)?.description ?? "damaged")
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
