import ArgumentParser
import ComityMessages
import ComityNode

/// `comity configuration history`
struct ConfigurationHistory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Every version that was in force, and what it changed.")

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Row: Encodable {
        let version: Int
        let since: Timestamp
        let cause: String
        let hash: String
        let changes: [String]
        let atStart: [String]
    }

    func run() throws {
        try output.run {
            let versions = try VersionShelf(home.open().home).all()
            var rows: [Row] = []
            for (index, version) in versions.enumerated() {
                let before = index == 0 ? nil : versions[index - 1]
                let difference = before.map { ConfigurationDifference(from: $0, to: version) }
                rows.append(
                    Row(
                        version: version.number, since: version.since, cause: version.cause.words,
                        hash: "\(version.hash)", changes: difference?.now ?? [],
                        atStart: difference?.atStart ?? []))
            }
            if output.json {
                output.printJSON(["versions": rows])
                return 0
            }
            for row in rows {
                print(
                    output.strong("\(row.version)")
                        + "   \(row.since)   \(row.cause)   \(row.hash.prefix(16))")
                for line in row.changes { print("  \(line)") }
                for line in row.atStart { print("  \(line) (at the next start)") }
            }
            return 0
        }
    }
}
