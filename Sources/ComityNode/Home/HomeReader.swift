package import ComityDirectory
package import ComityExchange
package import ComityMessages
package import ComityPolicy
package import ComityService
package import ComityStoreSQLite
import Foundation
import Glibc

/// A switch's home as other programs of this machine read it, whether the switch runs or not. It changes nothing.
package struct HomeReader: Sendable {
    package let home: Home
    /// The configuration that was in force when the switch last started.
    package let configuration: NodeConfiguration
    package let data: DataFolder
    package let tables: CodeTables

    /// - Throws: `HomeError.missing` if no switch ever started on it.
    package init(_ home: Home) throws {
        self.home = home
        configuration = try NodeConfiguration(inForceOf: home)
        data = try SwitchData.folder(configuration)
        tables = try data.tables()
    }

    /// The entries.
    package func store() throws -> StoreReader { try StoreReader(path: home.store) }

    /// The read models.
    package func views() throws -> SQLiteViews {
        guard FileManager.default.fileExists(atPath: home.views) else {
            throw ServiceError(
                "views-missing", "the home `\(home.path)` has no read models yet",
                next: "stop the switch and run `comity rebuild`")
        }
        return try SQLiteViews(reading: home.views)
    }

    /// The policies as a switch that starts now would bring them into force, and whether that differs from what
    /// the control ledger says was last in force.
    package func activation(
        taxonomy: Taxonomy, directory: Directory, at now: Timestamp
    ) throws -> (rulebook: Rulebook, isChanged: Bool) {
        let folder = try PolicyFolder(
            path: configuration.policies, taxonomy: taxonomy, directory: directory)
        let store = try store()
        defer { try? store.close() }
        let activation = try Activation(
            folder, judgingForThemselves: configuration.exchangeSettings(tables: tables).gateways,
            rulebook: folder.base(taxonomy: taxonomy, directory: directory), tables: tables,
            tablesHash: data.tablesHash(), control: store.controlEntries(), switchName: configuration.name,
            at: now)
        return (activation.rulebook, !activation.drafts.isEmpty)
    }
}

extension PolicyFolder {
    /// The policies of a folder, without any home: no owner ever had another one.
    package static func rulebook(
        path: String, data: DataFolder, tables: CodeTables, taxonomy: Taxonomy, directory: Directory,
        at now: Timestamp
    ) throws -> Rulebook {
        let folder = try PolicyFolder(path: path, taxonomy: taxonomy, directory: directory)
        return try Activation(
            folder, rulebook: folder.base(taxonomy: taxonomy, directory: directory), tables: tables,
            tablesHash: data.tablesHash(), control: [], switchName: "none", at: now
        ).rulebook
    }
}

/// The time on this machine's clock, for programs that are no switch.
package func wallClock() -> Timestamp { SwitchClock.wall() }
