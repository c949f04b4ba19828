package import ComityStore
import GRDB
import Glibc

/// The store's promises on one SQLite file in WAL mode with `synchronous=FULL`.
///
/// Every commit flushes the log to the disk before it returns. The rows are chosen so that a commit writes to the
/// end of each table only: there is no index over all of `entry` (positions are found through the read models;
/// only the small control ledger has one), so a batch for fifty owners costs no more pages than a batch for one.
package final class SQLiteStore: Store {
    private let queue: DatabaseQueue
    /// Touched only inside `queue`, which runs one piece of work at a time: that is its lock.
    nonisolated(unsafe) private var statements: Statements?
    private let path: String

    /// Opens or makes the store. Throws `StoreError.notDurable` if the file does not keep its promises.
    ///
    /// - Parameter synchronous: for tests of the test: anything but `FULL` is refused unless a test says that it
    ///   means it.
    package init(path: String, synchronous: Synchronous = .full) throws {
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.label = "comity-store"
        self.path = path
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.inDatabase { db in
            try Schema.migrate(db)
            // GRDB sets NORMAL silently whenever it turns WAL on, so this comes last, and is read back.
            try db.execute(sql: "PRAGMA synchronous=\(synchronous.pragma)")
            // What is deleted is overwritten with zeros: erased means gone, not only out of sight.
            try db.execute(sql: "PRAGMA secure_delete=ON")
            // The checkpoint runs on a connection of its own (`Checkpointer`), not inside a commit.
            try db.execute(sql: "PRAGMA wal_autocheckpoint=0")
            try Durability.verify(db, expecting: synchronous)
        }
        try Self.syncFolder(of: path)
    }

    /// How hard a commit tries.
    package enum Synchronous: Sendable {
        /// Flush the log at each commit: the only setting that a switch runs with.
        case full
        /// Do not flush: only for the test that shows that the tests notice.
        case normalForTestsOnly

        var pragma: String {
            switch self {
            case .full: "FULL"
            case .normalForTestsOnly: "NORMAL"
            }
        }

        var readBack: Int {
            switch self {
            case .full: 2
            case .normalForTestsOnly: 1
            }
        }
    }

    package func commit(_ batch: Batch) throws {
        try queue.inDatabase { db in
            let prepared = try statements ?? Statements(db)
            statements = prepared
            do {
                try prepared.write(batch, to: db)
            } catch let error as StoreError {
                throw error
            } catch {
                throw StoreError.failed("\(error)")
            }
        }
    }

    /// Copies the log into the file and cuts it to nothing, so that what was erased is gone from it too.
    ///
    /// - Returns: whether it was done; a reader that still needs the log puts it off, and then it is to be tried again.
    package func emptyLog() throws -> Bool {
        try queue.inDatabase { db in
            statements = nil
            try db.execute(sql: "PRAGMA busy_timeout=50")
            let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            try db.execute(sql: "PRAGMA busy_timeout=5000")
            return row?[0] == 0
        }
    }

    /// The size of the log above which it is started anew between two commits, in bytes.
    package static let largeLog = 48 << 20

    /// Starts the log anew if it has grown large: the few pages that the `Checkpointer` has not copied yet are
    /// copied here, on the writer's thread. Readers that still need the old log put it off to the next call.
    package func restartLogIfLarge() throws {
        var status = stat()
        guard stat(path + "-wal", &status) == 0, status.st_size > Self.largeLog else { return }
        try queue.inDatabase { db in
            statements = nil
            try db.execute(
                sql: "PRAGMA busy_timeout=0; PRAGMA wal_checkpoint(RESTART); PRAGMA busy_timeout=5000")
        }
    }

    package func recover() throws -> Recovered { try queue.inDatabase(Recovery.read) }

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

    package func close() throws {
        try queue.inDatabase { db in
            statements = nil
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
    }

    /// A new file exists for sure only once its folder is on disk too.
    private static func syncFolder(of path: String) throws {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY)
        guard descriptor >= 0 else { throw StoreError.failed("cannot open the folder of the store") }
        defer { _ = Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError.failed("cannot flush the folder of the store") }
    }
}
