import ArgumentParser
import ComityDirectory
import ComityMessages
import ComityNode
import ComityPolicy

/// `comity version`
struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The version of the program and of the data that came with it.")

    static let program = "0.1.0"

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    private struct Versions: Encodable {
        let comity: String
        let codeTables: String
        let taxonomy: String
        let directory: String
        let wireProfile: String
    }

    func run() throws {
        try output.run {
            let data = try home.data()
            let versions = Versions(
                comity: Self.program, codeTables: try data.tables().version,
                taxonomy: try data.taxonomy().version, directory: try data.directory().version,
                wireProfile: SignOn.profile)
            if output.json {
                output.printJSON(versions)
            } else {
                print("comity \(versions.comity)")
                print(
                    "code tables \(versions.codeTables), taxonomy \(versions.taxonomy), directory \(versions.directory), links \(versions.wireProfile)"
                )
            }
            return 0
        }
    }
}
