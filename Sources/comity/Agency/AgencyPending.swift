import ArgumentParser
import ComityMessages
import ComityNode

/// `comity agency pending`
struct AgencyPending: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pending",
        abstract: "What members want the directory to say (TA, TU, TD), as a file to import.",
        discussion: """
            Lists what control terminals asked for and is not in force, and writes the directory's list of agencies with it to \
            pending/agencies.csv in the home. Look at it with `comity agency import FILE --preview`; without --preview it \
            comes into force. Whatever is not wanted can be taken out of a copy of the file first.

            Example: comity agency pending
            """)

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let reader = try home.open()
            let pending = try PendingDirectory(reader)
            let path = pending.changes.isEmpty ? nil : try pending.write(to: reader.home)
            if output.json {
                output.printJSON(pending.changes)
            } else if let path {
                for change in pending.changes {
                    print("\(change.change)  \(change.row ?? change.agency.description)")
                }
                print("next: comity agency import \(path) --preview")
            } else {
                print("nothing is pending")
            }
            return 0
        }
    }
}
