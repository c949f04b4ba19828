import ArgumentParser
import ComityNode
import Foundation

/// `comity agency import`
struct AgencyImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring another version of the directory into force without a restart.",
        discussion: """
            Takes one file of the directory, or a folder with several; what a file holds is known by its columns, and the \
            files that are not given stay as they are. First says which agencies are added, removed or changed, and whose \
            look-ups would be judged otherwise, by which rules, before and after; then asks. A version that would make an \
            owner's policy unusable is refused. `comity configuration revert` goes back.

            Example: comity agency import affiliations.csv --preview
            """)

    @Argument(help: "A file, or a folder with files, of the form of docs/directory.md.")
    var path: String

    @OptionGroup var change: ChangeOptions

    func run() throws {
        var request = ChangeRequest()
        request.directory = URL(fileURLWithPath: path).path
        try change.run(request)
    }
}
