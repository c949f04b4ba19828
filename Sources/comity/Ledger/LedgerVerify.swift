import ArgumentParser
import ComityMessages
import ComityNode
import ComityService
import ComityStoreSQLite
import Foundation

/// `comity ledger verify`
struct LedgerVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Read every entry and hold it against the recorded sizes and roots.",
        discussion: """
            Every entry is read, decoded and hashed; every closing must fit its question, and the tree of each ledger \
            must have the root that stands in its head. One changed byte is found. Ends with status 2 if anything is.
            """)

    @Option(help: "Only this owner's ledgers. Default: all ledgers, with control and operations.")
    var owner: MemberCode?

    @Flag(help: "No progress on standard error.")
    var quiet = false

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let place = home.place
            guard place.exists else { throw HomeError.missing(place.path) }
            let store = try StoreReader(path: place.store)
            let isShown = !quiet && isatty(STDERR_FILENO) == 1
            let verification = try LedgerVerification(store, owner: owner?.description) { read in
                if isShown {
                    FileHandle.standardError.write(Data("\r\(WhoDid.grouped(read)) entries read".utf8))
                }
            }
            if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
            let report = LedgerReport(verification)
            if output.json { output.printJSON(report) } else { show(report) }
            return report.sound ? 0 : 2
        }
    }

    private func show(_ report: LedgerReport) {
        let mark = output.isTerminal ? "" : "# "
        print(report.table.text(output.isTerminal ? .aligned : .tabs))
        if output.isTerminal { print("") }
        let ratio = String(format: "%.2f", report.entriesPerLookup)
        print(mark + "\(report.lookups) look-ups, \(ratio) entries for each")
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
