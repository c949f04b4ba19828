import ArgumentParser
import ComityNode

/// `comity configuration show`
struct ConfigurationShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "A version of the configuration, as its file had it (JSON).")

    @Argument(help: "The number of the version. Default: the one in force.")
    var version: Int?

    @OptionGroup var home: HomeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        try output.run {
            let shelf = VersionShelf(try home.open().home)
            let found = try version.map { try shelf.version($0) } ?? shelf.latest()
            if let found { output.printJSON(found) }
            return 0
        }
    }
}
