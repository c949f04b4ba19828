import ArgumentParser
import ComityNode
import ComityService

/// `comity rebuild`
struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the read models anew from the ledger entries.",
        discussion: "The switch of the home must not run: its read models follow the entries by themselves.")

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let count = try ViewsRebuild.run(home.place, taxonomy: home.data().taxonomy())
            if output.json {
                output.printJSON(["lookups": count])
            } else {
                print(output.strong("OK") + "   read models made anew: \(WhoDid.grouped(count)) look-ups")
            }
            return 0
        }
    }
}
