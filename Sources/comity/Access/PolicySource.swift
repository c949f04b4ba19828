import ArgumentParser
import ComityExchange
import ComityMessages
import ComityNode
import ComityService

/// By which policies a verb judges.
struct PolicySource: ParsableArguments {
    @Option(
        help: ArgumentHelp("Judge by the policies of this folder, without any home.", valueName: "directory"))
    var policies: String?

    @OptionGroup var home: HomeOption

    /// Everything that judging takes.
    struct Scene {
        let tables: CodeTables
        let rulebook: Rulebook
        let note: String?
    }

    func open(at now: Timestamp) throws -> Scene {
        if let policies {
            let data = try home.data()
            let (tables, taxonomy, directory) = (try data.tables(), try data.taxonomy(), try data.directory())
            return Scene(
                tables: tables,
                rulebook: try PolicyFolder.rulebook(
                    path: policies, data: data, tables: tables, taxonomy: taxonomy, directory: directory,
                    at: now),
                note: nil)
        }
        let reader = try home.open()
        let (rulebook, isChanged) = try reader.activation(
            taxonomy: reader.data.taxonomy(), directory: reader.data.directory(), at: now)
        return Scene(
            tables: reader.tables, rulebook: rulebook,
            note: isChanged
                ? "policy or data files have changed since the switch started; it judges by them after a restart"
                : nil)
    }
}
