package import ComityMessages
import Synchronization

/// Answers look-ups from one SQLite file that holds the records of many owners.
///
/// Opened for reading only. The statements are prepared once and used by one thread at a time, under a lock that
/// is held for some microseconds.
package final class SQLRecordSource: RecordSource {
    private let reader: Mutex<RecordReader>
    private let kept: Set<KeptFile>
    private let switchedOff = Mutex<Set<MemberCode>>([])
    private let queries = Atomic<Int>(0)
    private let failures = Atomic<Int>(0)

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - file: its path.
    ///   - groups: the field group of each element prefix, from the taxonomy. Elements with a prefix that it does
    ///     not name belong to no group and are never released in part.
    /// - Throws: if there is no such file or it is not a record file of this version.
    package init(file: String, groups: [String: FieldGroup]) throws(RecordFileError) {
        let connection = try Connection(file: file, for: .read)
        // The file does not change while it is open: keeping the shared lock saves several system calls a look-up.
        try connection.run(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA mmap_size = 268435456; PRAGMA query_only = 1")
        try Self.checkVersion(connection)
        kept = try Self.readKept(connection)
        let reader = try RecordReader(connection, tags: RecordTags(groups))
        self.reader = Mutex(reader)
    }

    /// The prefixes of all elements that a record file can hold, each of which needs a field group.
    package static let elements =
        RecordSchema.driverElements + [RecordSchema.photoElement, RecordSchema.historyElement]
        + RecordSchema.vehicleElements

    /// How many times the file was asked. Refused look-ups must not add to it.
    package var queryCount: Int { queries.load(ordering: .relaxed) }

    /// How many times the file could not be read.
    package var failureCount: Int { failures.load(ordering: .relaxed) }

    /// From now on this owner's look-ups are answered "temporarily unavailable", until switched on again.
    package func switchOff(_ owner: MemberCode) { _ = switchedOff.withLock { $0.insert(owner) } }

    /// Ends `switchOff`.
    package func switchOn(_ owner: MemberCode) { _ = switchedOff.withLock { $0.remove(owner) } }

    package func answer(_ query: RecordQuery) -> RecordAnswer {
        guard let file = RecordFile(for: query), kept.contains(KeptFile(owner: query.owner, file: file))
        else {
            return .fileNotAvailable
        }
        guard !switchedOff.withLock({ $0.contains(query.owner) }) else { return .temporarilyUnavailable }
        queries.add(1, ordering: .relaxed)
        guard let found = reader.withLock({ $0.find(query) }) else {
            failures.add(1, ordering: .relaxed)
            return .temporarilyUnavailable
        }
        return found.hasMore ? .firstRecords(found.records) : .records(found.records)
    }

    private struct KeptFile: Hashable {
        var owner: MemberCode
        var file: RecordFile
    }

    private static func checkVersion(_ connection: borrowing Connection) throws(RecordFileError) {
        let statement = try connection.prepare("PRAGMA user_version")
        guard statement.step() == true, statement.number(0) == RecordSchema.version else {
            throw RecordFileError(
                file: connection.file, why: "it is not a record file of version \(RecordSchema.version)",
                next: "make it anew")
        }
    }

    private static func readKept(_ connection: borrowing Connection) throws(RecordFileError) -> Set<KeptFile>
    {
        let statement = try connection.prepare("SELECT owner, file FROM kept")
        var kept: Set<KeptFile> = []
        while true {
            guard let more = statement.step() else { throw connection.failure() }
            guard more else { return kept }
            guard let owner = MemberCode(statement.text(0)),
                let file = RecordFile(rawValue: statement.text(1))
            else {
                throw RecordFileError(
                    file: connection.file, why: "its table `kept` names an unknown owner or file",
                    next: "make it anew")
            }
            kept.insert(KeptFile(owner: owner, file: file))
        }
    }
}
