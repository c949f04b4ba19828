import ArgumentParser
import ComityNode

/// With which taxonomy and directory a verb reads policies: those that came with the program or that the home uses,
/// unless others are named.
struct PolicyHome: ParsableArguments {
    @Option(help: ArgumentHelp("Another taxonomy file.", valueName: "file"))
    var taxonomy: String?

    @Option(
        help: ArgumentHelp(
            "A folder with another directory: the same files as Data/directory.", valueName: "directory"))
    var directory: String?

    @OptionGroup var home: HomeOption

    func data() throws -> DataFolder {
        try home.data().replacing(taxonomy: taxonomy, directory: directory)
    }
}
