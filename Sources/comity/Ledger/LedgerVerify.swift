import ArgumentParser
import ComityLedger
import ComityMessages
import ComityNode
import ComityService
import ComityStore
import ComityStoreSQLite
import Foundation

/// `comity ledger verify`
struct LedgerVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read every entry and hold it against the recorded sizes and roots.",
        discussion: """
            Every entry is read, decoded and hashed; every closing must fit its question, and the tree of each ledger \
            must have the root that stands in its head, and pass through every state that was sealed before. One \
            changed byte is found. Envelopes must be there, or erased with an entry that says so; where the key of their owner \
            or its auditor is at hand, they are opened and compared with their entries too. Ends with status 2 if \
            anything is found.

            With --tiles: the same for exported files, which need no home.
            """)

    @Option(help: "Only this owner's ledgers. Default: all ledgers, with control and operations.")
    var owner: MemberCode?

    @Option(help: ArgumentHelp("Check the tiles in this folder instead of a home.", valueName: "directory"))
    var tiles: String?

    @Option(
        help: ArgumentHelp(
            "The verifier key that signed the seals. Default, for a home only: the home's own.",
            valueName: "file"))
    var key: String?

    @Option(
        help: ArgumentHelp(
            "With --tiles: a checkpoint that was kept from earlier; may be repeated.", valueName: "file"))
    var seen: [String] = []

    @Flag(help: "No progress on standard error.")
    var quiet = false

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard tiles == nil || key != nil else {
            throw ValidationError("--tiles needs --key: without the ledger's key its seal says nothing")
        }
        guard tiles != nil || seen.isEmpty else { throw ValidationError("--seen goes with --tiles") }
    }

    func run() throws {
        try output.run {
            if let tiles, let key {
                return show(
                    try TilesVerify(folder: URL(fileURLWithPath: tiles).path, key: key, seen: seen).run())
            }
            let place = home.place
            guard place.exists else { throw HomeError.missing(place.path) }
            let store = try StoreReader(path: place.store)
            let isShown = !quiet && isatty(STDERR_FILENO) == 1
            let names = try store.heads().compactMap { LedgerName($0.name) }
                .filter { owner == nil || $0.owner == owner?.description }
            let kept = try keptSeals(names)
            let verification = try LedgerVerification(
                store, owner: owner?.description, seals: kept.seals, keys: ownerKeys(names)
            ) { read in
                if isShown {
                    FileHandle.standardError.write(Data("\r\(WhoDid.grouped(read)) entries read".utf8))
                }
            }
            if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
            let report = LedgerReport(verification, seals: kept.seals, sealFindings: kept.findings)
            if output.json { output.printJSON(report) } else { show(report) }
            return report.sound ? 0 : 2
        }
    }

    /// The seals of earlier, if this home has any.
    private func keptSeals(_ names: [LedgerName]) throws -> (seals: [Seal], findings: [String]) {
        let key = try key.map { try VerifierKeyFile.load($0) }
        // Where no switch ever started there is neither a configuration in force nor a seal.
        let files = FileManager.default
        guard
            files.fileExists(atPath: home.place.configuration)
                || files.fileExists(atPath: home.place.path + ".sealed")
        else { return ([], []) }
        return try home.open().keptSeals(names, owner: owner?.description, key: key)
    }

    /// The keys of owners, of the network and of auditors that lie in the home's folder of keys, if the home has one.
    private func ownerKeys(_ names: [LedgerName]) throws -> [OwnerKeys] {
        guard let reader = try? home.open() else { return [] }
        let network = names.contains { $0.kind == .operations } ? [MemberCode.network.description] : []
        return try Set(names.compactMap(\.owner) + network).sorted().compactMap { code in
            guard let owner = MemberCode(code), let found = try reader.secret(of: owner) else { return nil }
            return OwnerKeys(owner: owner, secret: found.secret)
        }
    }

    private func show(_ report: TilesVerify.Report) -> Int32 {
        if output.json {
            output.printJSON(report)
        } else {
            for finding in report.findings { print(finding) }
            print(
                report.sound
                    ? output.strong("OK")
                        + "   \(report.ledger): \(report.entries) entries, root \(report.root)"
                    : output.strong("FAIL") + "   \(report.ledger): these files are not what was sealed")
        }
        return report.sound ? 0 : 2
    }

    private func show(_ report: LedgerReport) {
        let mark = output.isTerminal ? "" : "# "
        print(report.table.text(output.isTerminal ? .aligned : .tabs))
        if output.isTerminal { print("") }
        let ratio = String(format: "%.2f", report.entriesPerLookup)
        print(mark + "\(report.lookups) look-ups, \(ratio) entries for each")
        if report.seals > 0 {
            print(mark + "\(report.seals) of \(report.ledgers.count) ledgers were sealed before")
        }
        if report.envelopesErased > 0 {
            print(mark + "\(report.envelopesErased) envelopes were erased, with an entry that says so")
        }
        print(mark + "\(report.envelopesCompared) envelopes were opened and compared with their entries")
        for (owner, count) in report.envelopesNotCompared.sorted(by: { $0.key < $1.key }) {
            print(mark + "\(count) of \(owner) were not compared: no key here opens them")
        }
        for finding in report.findings { print(mark + "the store: \(finding)") }
        for ledger in report.ledgers {
            for finding in ledger.findings { print(mark + "\(ledger.ledger): \(finding)") }
        }
        print(
            mark
                + (report.sound
                    ? output.strong("OK") + "   every entry is in place, and every root is the recorded one"
                    : output.strong("FAIL")
                        + "   keep a copy of the home before anything else, and compare it with the last good one")
        )
    }
}
