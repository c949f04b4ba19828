package import ComityDirectory
package import ComityExchange
import ComityLedger
package import ComityMessages
package import ComityPolicy
import ComityRecords
package import ComityService
package import ComityStore

/// What a switch is told by files: code tables, taxonomy, directory, policies, and how its configuration sets the
/// machine. Reading it changes nothing.
package struct SwitchData: Sendable {
    package let tables: CodeTables
    package let taxonomy: Taxonomy
    package let directory: Directory
    package let policies: PolicyFolder
    package let settings: ExchangeSettings
    private let tablesHash: LedgerHash

    /// - Parameter drained: the links from which nothing more is taken.
    package init(_ configuration: NodeConfiguration, drained: Set<String> = []) throws {
        let data = try Self.folder(configuration)
        tables = try data.tables()
        tablesHash = try data.tablesHash()
        taxonomy = try data.taxonomy()
        directory = try data.directory()
        policies = try PolicyFolder(
            path: configuration.policies, taxonomy: taxonomy, directory: directory)
        var settings = configuration.exchangeSettings(tables: tables)
        for name in drained { settings.links[name]?.isDrained = true }
        if let file = configuration.broadcasts {
            settings.broadcasts = try BroadcastFile.read(file, directory: directory, tables: tables)
        }
        self.settings = settings
    }

    /// The folder of data that a configuration names, or the one that came with the program.
    static func folder(_ configuration: NodeConfiguration) throws -> DataFolder {
        try (configuration.data.map { DataFolder($0) } ?? DataFolder.find())
            .replacing(taxonomy: nil, directory: configuration.directory)
    }

    /// The record source that a configuration names.
    func source(_ configuration: NodeConfiguration) throws -> any RecordSource {
        try SQLRecordSource(
            file: configuration.records ?? Home(configuration.home).path + "/records.sqlite",
            groups: taxonomy.elementGroups)
    }

    /// Brings the policies into force.
    ///
    /// - Parameter control: what the control ledger holds so far.
    package func activation(control: [EntryRow], at now: Timestamp) throws -> Activation {
        try activation(of: policies, control: control, at: now)
    }

    /// Brings other policies than those of the configuration's folder into force.
    package func activation(
        of policies: PolicyFolder, control: [EntryRow], at now: Timestamp
    ) throws -> Activation {
        try Activation(
            policies, judgingForThemselves: settings.gateways,
            rulebook: policies.base(taxonomy: taxonomy, directory: directory), tables: tables,
            tablesHash: tablesHash, control: control,
            switchName: settings.switchName, at: now)
    }

    /// The key under which repeated messages are known, made from the switch key.
    package static func duplicateKey(from key: [UInt8]) -> [UInt8] {
        KeyedHash(key: key).hash(Array("comity/duplicate-key/v1".utf8))
    }
}
