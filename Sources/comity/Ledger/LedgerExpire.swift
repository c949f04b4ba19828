import ArgumentParser
import ComityMessages
import ComityNode
import ComityService

/// `comity ledger expire`
struct LedgerExpire: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expire",
        abstract: "Erase what lies beside look-ups and passed-on messages whose time is up.",
        discussion: """
            Each owner's envelopes are kept for as many days as the configuration says (`retentionDays`), the texts of \
            messages that were passed on for `operationsRetentionDays`, and all for 365 at least. What is older goes, with one entry for each stretch of the ledger. A running switch does this by \
            itself once a day.

            Example: comity ledger expire --owner WA --before 2025-01-01
            """)

    @Option(help: "Only this owner's; NL for messages that were passed on. Default: everything.")
    var owner: MemberCode?

    @Option(help: ArgumentHelp("Nothing that was asked on this day (UTC) or later.", valueName: "date"))
    var before: Day?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let erased: Int
        let owners: [String: Int]
        let epochKeys: Int
        let gone: Bool
    }

    func run() throws {
        try output.run {
            let done = try home.open().keep(.expire(owner: owner, before: before))
            let count = done.erased.values.reduce(0, +)
            if output.json {
                output.printJSON(
                    Report(
                        erased: count, owners: done.erased, epochKeys: done.epochKeys, gone: done.isGone))
                return 0
            }
            for (owner, count) in done.erased.sorted(by: { $0.key < $1.key }) {
                print("\(owner)\t\(count)")
            }
            print(
                (output.isTerminal ? "" : "# ") + output.strong("OK")
                    + "   \(WhoDid.grouped(count)) envelopes erased, \(done.epochKeys) epoch keys with them")
            return 0
        }
    }
}
