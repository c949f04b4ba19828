package import ComityStore
import GRDB

/// Reads a store that another process or thread writes. It never writes, and never waits for the writer.
package final class StoreReader: EntrySource {
    private let queue: DatabaseQueue

    /// Opens an existing store.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "comity-reader"
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    package func entries(after id: Int64, limit: Int) throws -> [EntryRow] {
        try queue.inDatabase { try Recovery.entries($0, after: id, limit: limit) }
    }

    package func controlEntries() throws -> [EntryRow] { try queue.inDatabase(Recovery.controlEntries) }

    package func heads() throws -> [HeadRow] { try queue.inDatabase(Recovery.heads) }

    package func epochs(of holder: String) throws -> [EpochRow] {
        try queue.inDatabase { try Recovery.epochs($0, "holder = ?", [holder]) }
    }

    package func closedEpochs(in hours: ClosedRange<UInt64>) throws -> [ClosedEpoch] {
        try queue.inDatabase { try Recovery.closedEpochs($0, in: hours) }
    }

    package func openQuestions() throws -> OpenRows { try queue.inDatabase(Recovery.openQuestions) }

    /// Ends in good order.
    package func close() throws { try queue.close() }
}
