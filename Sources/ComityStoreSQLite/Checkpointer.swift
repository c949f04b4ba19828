import ComityStore
import GRDB

/// Copies the log back into the database file on a connection of its own, so that no commit waits for it.
///
/// A passive checkpoint never blocks the writer, but under load without a pause it cannot start the log anew
/// either; `SQLiteStore.restartLogIfLarge` does that, once nearly everything has been copied.
package final class Checkpointer: Sendable {
    private let queue: DatabaseQueue

    /// Opens a second connection to the store's file.
    package init(path: String) throws {
        queue = try DatabaseQueue(path: path)
    }

    /// Copies what can be copied without waiting for anybody. Returns the pages in the log and those copied.
    @discardableResult
    package func run() throws -> (log: Int, copied: Int) {
        try queue.inDatabase { db in
            let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")
            return (row?[1] ?? 0, row?[2] ?? 0)
        }
    }

    /// Ends in good order.
    package func close() throws { try queue.close() }
}
