import ArgumentParser
import ComityMessages
import ComityNode
import ComityService
import ComityStoreSQLite

/// `comity policy history`
struct PolicyHistoryVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Which versions of an owner's policy were in force, and how late each took effect.",
        discussion: "Example: comity policy history WA")

    @Argument(help: "Whose policy.")
    var owner: MemberCode

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let reader = try home.open()
            let history = try PolicyHistory(
                of: reader.tables.canonical(owner), control: reader.store().controlEntries(),
                views: reader.views())
            if output.json { output.printJSON(history) } else { show(history) }
            return 0
        }
    }

    private func show(_ history: PolicyHistory) {
        let mark = output.isTerminal ? "" : "# "
        guard !history.versions.isEmpty else {
            return print(mark + "\(history.owner) never had a policy in force here: no decision on file")
        }
        var table = Table(
            ["version", "dated", "in force since", "days late", "look-ups meanwhile", "released of them"],
            numbers: [0, 3, 4, 5])
        for version in history.versions {
            table.add([
                "\(version.number)", version.dated.description, version.activated.description,
                "\(version.daysLate)", WhoDid.grouped(version.lookupsMeanwhile),
                WhoDid.grouped(version.releasedMeanwhile),
            ])
        }
        print(table.text(output.isTerminal ? .aligned : .tabs))
        print(mark + "This page cannot see: \(history.cannotSee.joined(separator: "; ")).")
    }
}
