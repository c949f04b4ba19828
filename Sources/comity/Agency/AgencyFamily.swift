import ArgumentParser
import ComityDirectory
import ComityNode
import ComityService

/// `comity agency family`
struct AgencyFamily: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "family", abstract: "The tree of families, or the branch below one.")

    @Argument(help: "A family such as US.DHS.")
    var path: FamilyPath?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let branches = try home.data().directory().branches(of: path)
            if output.json {
                output.printJSON(branches)
            } else if output.isTerminal {
                for branch in branches { draw(branch, indent: "") }
            } else {
                var table = Table(["family", "name", "agencies", "agencies with those below"])
                for branch in branches { list(branch, in: &table) }
                print(table.text(.tabs))
            }
            return 0
        }
    }

    private func draw(_ branch: FamilyBranch, indent: String) {
        let count = branch.agenciesBelow == 1 ? "1 agency" : "\(branch.agenciesBelow) agencies"
        print("\(indent)\(branch.path)  \(branch.name) (\(count))")
        for child in branch.children { draw(child, indent: indent + "  ") }
    }

    private func list(_ branch: FamilyBranch, in table: inout Table) {
        table.add([branch.path, branch.name, "\(branch.agencies)", "\(branch.agenciesBelow)"])
        for child in branch.children { list(child, in: &table) }
    }
}
