import ArgumentParser
import ComityMessages
import ComityNode
import ComityService
import ComityStoreSQLite

/// `comity ledger rejudge`
struct LedgerRejudge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejudge",
        abstract: "Judge an owner's recorded look-ups again, from their entries alone, and compare.",
        discussion: """
            Each look-up is judged under the versions of policy, floor, taxonomy and directory that its entries name. \
            Ends with status 2 if one comes out otherwise, or cannot be judged again.

            Example: comity ledger rejudge --owner WA --from 2026-01-01
            """)

    @Option(help: "Whose look-ups.")
    var owner: MemberCode

    @OptionGroup var period: PeriodOptions
    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Report: Encodable {
        let same: Bool
        let judged: Int
        let different: [Rejudging.Difference]
        let impossible: [String: Int]
    }

    func run() throws {
        try output.run {
            let reader = try home.open()
            let taxonomy = try reader.data.taxonomy()
            let store = try reader.store()
            let archive = try PolicyArchive(
                control: store.controlEntries(), taxonomy: taxonomy, directory: try reader.data.directory())
            var result = Rejudging(archive: archive, taxonomy: taxonomy)
            _ = try LookupReplay(
                store, owner: reader.tables.canonical(owner), from: period.first, to: period.end
            ) { result.add($0) }
            if output.json {
                output.printJSON(
                    Report(
                        same: result.isSame, judged: result.judged,
                        different: result.different, impossible: result.impossible))
            } else {
                show(result)
            }
            return result.isSame ? 0 : 2
        }
    }

    private func show(_ result: Rejudging) {
        for one in result.different {
            print("\(one.reference): \(one.differences.joined(separator: "; "))")
        }
        for (why, count) in result.impossible.sorted(by: { $0.key < $1.key }) {
            print("\(count) cannot be judged again: \(why)")
        }
        print(
            output.strong(result.isSame ? "OK" : "NOT THE SAME")
                + "   \(result.judged) look-ups judged again, \(result.different.count) came out otherwise")
    }
}
