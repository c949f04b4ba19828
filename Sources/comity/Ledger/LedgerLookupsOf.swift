import ArgumentParser
import ComityDirectory
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStoreSQLite
import Foundation

/// `comity ledger lookups-of`
struct LedgerLookupsOf: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookups-of",
        abstract: "Who looked a licence number up: what an owner can tell its resident.",
        discussion: """
            Opens the owner's envelopes with the key of the owner or its auditor, and keeps an index that only that key \
            can make or read. Each search is recorded in the owner's ledger before anything is shown, without the number. \
            Look-ups of a declared sealed investigation are not shown for the time that the owner has set; the answer \
            reads the same whether or not there are any.

            Example: comity ledger lookups-of WDL00000012X --owner WA
            """)

    @Argument(help: "The licence number; - for standard input, so that it stands in no list of processes.")
    var number: String?

    @Option(help: "Whose records were asked for.")
    var owner: MemberCode

    @Option(
        help: ArgumentHelp(
            "The secret of the owner or its auditor. Default: the one in the home's folder of keys.",
            valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "The folder of the index. Default: the home's path with `.index` behind it.",
            valueName: "directory"))
    var index: String?

    @Flag(help: "Delete the owner's index; the next search makes it anew.")
    var forget = false

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let owner: String
        let lookups: [LookupsOf.Found]
        let notShown: String
        /// Where the search is recorded.
        let recorded: KeepingReport.Place?
    }

    func validate() throws {
        guard forget || number != nil else { throw ValidationError("give a licence number, or --forget") }
    }

    func run() throws {
        try output.run {
            let reader = try home.open()
            let owner = reader.tables.canonical(owner)
            let file = LicenceIndexFile.path(
                of: owner, folder: index.map { URL(fileURLWithPath: $0).path } ?? reader.home.path + ".index")
            if forget {
                let isGone = try LicenceIndexFile.forget(file)
                if number == nil {
                    if output.json {
                        output.printJSON(["forgotten": isGone])
                    } else {
                        print(isGone ? "the index of \(owner) is deleted" : "there is no index of \(owner)")
                    }
                    return 0
                }
            }
            return try search(reader, owner, file)
        }
    }

    private func search(_ reader: HomeReader, _ owner: MemberCode, _ file: String) throws -> Int32 {
        let number = try plainNumber()
        guard let (role, secret) = try reader.secret(of: owner, file: key) else {
            throw ServiceError(
                "no-key", "no key is here that opens the look-ups of `\(owner)`",
                next: "give the secret of the owner or of its auditor with --key")
        }
        let keys = LicenceIndex.Keys(secret, owner: owner)
        let store = try reader.store()
        defer { try? store.close() }
        var opener = OwnerKeys(owner: owner, secret: secret)
        var kept = try LicenceIndexFile(
            file, keys: keys, owner: owner, switchName: reader.configuration.name)
        let now = wallClock()
        // The search is on record before anybody sees what it finds.
        let lane = try LedgerExtract.Choice.owner(owner.description, year: nil).of(store.heads()).name
        let report = try reader.keep(
            .access(
                AccessEntry(
                    ledger: lane, time: 0, action: .search, role: role.rawValue, reason: "lookups-of",
                    search: keys.search(number, on: now.day))))
        try kept.catchUp(&opener, tables: reader.tables, store: store)
        let found = try LookupsOf(
            kept.questions(number), number: number, opener: &opener,
            delay: reader.configuration.delay(of: owner, tables: reader.tables), at: now,
            tables: reader.tables, taxonomy: reader.data.taxonomy(), views: reader.views(), store: store)
        if output.json {
            output.printJSON(
                Report(
                    owner: found.owner, lookups: found.lookups, notShown: found.notShown,
                    recorded: report.entries.first))
        } else {
            show(found, try reader.data.directory())
        }
        return 0
    }

    private func plainNumber() throws -> String {
        let text =
            number == "-" ? String(decoding: try standardInput(atMost: 256), as: UTF8.self) : number ?? ""
        let plain = LicenceIndex.plain(text)
        guard !plain.isEmpty else {
            throw ServiceError(
                "no-number", "what was given holds no letter and no digit", next: "give a licence number")
        }
        return plain
    }

    private func show(_ found: LookupsOf, _ directory: Directory) {
        var table = Table(["asked", "agency", "name", "key", "reason", "outcome", "reference"])
        for one in found.lookups {
            let name = ORI(one.agency).flatMap { directory.agency($0)?.name } ?? "not in the directory"
            table.add([
                "\(one.asked)", one.agency + (one.onBehalfOf.map { " for \($0)" } ?? ""), name, one.key,
                one.reason ?? "none stated", one.outcome?.words ?? "under way", one.reference,
            ])
        }
        print(table.text(output.isTerminal ? .aligned : .tabs))
        let mark = output.isTerminal ? "" : "# "
        print(mark + "\(found.lookups.count) look-ups of \(found.owner) asked by this number and are shown")
        print(mark + found.notShown)
    }
}
