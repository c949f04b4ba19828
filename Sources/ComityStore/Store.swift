import ComityMessages

/// What storage must promise.
///
/// `commit` is the one promise that everything rests on: when it returns, the batch survives a power cut; when it
/// throws, the process must end without doing anything that depended on the batch, because nobody knows whether
/// it is on disk. Recovery then starts from what is there.
///
/// One thread writes. Reading for recovery happens before the first commit.
package protocol Store: EntrySource {
    /// Makes a batch durable, all or nothing. Throws `StoreError`; see there.
    func commit(_ batch: Batch) throws
    /// Everything that a switch needs to go on where the last process stopped.
    func recover() throws -> Recovered
    /// Ends in good order.
    func close() throws
}

/// What can be read of a store at any time, also by another process.
package protocol EntrySource: Sendable {
    /// Entries in commit order with ids above `id`, at most `limit`.
    func entries(after id: Int64, limit: Int) throws -> [EntryRow]
    /// Every entry of the control ledger, in order: it is the first ledger of a store (`controlLedger`), and small.
    func controlEntries() throws -> [EntryRow]
    /// The heads of all ledgers.
    func heads() throws -> [HeadRow]
    /// All epoch keys of a holder (`EpochHolder.description`), the oldest first.
    func epochs(of holder: String) throws -> [EpochRow]
    /// The epoch keys of all holders in some hours, since 1970, of which the switch has no copy of its own any more.
    func closedEpochs(in hours: ClosedRange<UInt64>) throws -> [ClosedEpoch]
    /// Which questions may still be open.
    func openQuestions() throws -> OpenRows
}

/// An epoch key under which nothing is sealed any more.
package struct ClosedEpoch: Hashable, Sendable {
    /// `EpochKey.id`.
    package var id: UInt64
    /// Hours since 1970-01-01T00:00:00Z.
    package var hour: UInt64

    package init(id: UInt64, hour: UInt64) {
        self.id = id
        self.hour = hour
    }
}

/// Which questions may still be open: every other one has ended.
package struct OpenRows: Hashable, Sendable {
    /// The entry id of the oldest that neither is held nor waits in the queue.
    package var oldest: Int64
    /// Entry ids of those that wait for a person or in the queue.
    package var held: Set<Int64>

    package init(oldest: Int64, held: Set<Int64>) {
        self.oldest = oldest
        self.held = held
    }

    /// Whether the question of an entry has ended for sure.
    package func hasEnded(_ question: Int64) -> Bool { question < oldest && !held.contains(question) }
}

/// The store's number of the control ledger.
package let controlLedger: Int64 = 1

/// What the last process left.
package struct Recovered: Sendable {
    package var heads: [HeadRow] = []
    package var frontiers: [FrontierRow] = []
    package var sessions: [SessionRow] = []
    package var mail: [MailRow] = []
    /// The epoch keys of which the switch still has its own copy.
    package var epochs: [EpochRow] = []
    /// Held look-ups with the entry of their question.
    package var held: [(row: HeldRow, question: EntryRow)] = []
    /// What waits without a number, in the order in which it came, with the entry of its question if it is a look-up.
    package var queue: [(row: QueueRow, question: EntryRow?)] = []
    /// Entries from the oldest that may belong to an open look-up to the end, in commit order.
    package var recent: [EntryRow] = []
    /// The highest ids in use.
    package var lastEntry: Int64 = 0
    package var lastSession: Int64 = 0
    package var lastLedger: Int64 = 0
    package var lastQueued: Int64 = 0

    package init() {}
}

/// What a store found wrong.
package enum StoreError: Error, Hashable, Sendable {
    /// The disk does not keep what it is told to keep: the setting read back is not the one asked for.
    case notDurable(setting: String, wanted: String, found: String)
    /// A ledger's head is not where the writer believed: somebody else writes, or the database was put back.
    case headMoved(ledger: String, expected: UInt64, found: UInt64)
    /// The database was made by another version.
    case wrongVersion(found: Int, expected: Int)
    /// The engine failed. The same call is never tried again.
    case failed(String)
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notDurable(let setting, let wanted, let found):
            "the store is not durable: `\(setting)` reads back `\(found)` instead of `\(wanted)`; the switch does "
                + "not start, because it could lose what it says it recorded, or keep what it says it erased"
        case .headMoved(let ledger, let expected, let found):
            "ledger `\(ledger)` holds \(found) entries where \(expected) were expected: another process writes to "
                + "this home, or the database was replaced; stop, and compare it with the last good copy"
        case .wrongVersion(let found, let expected):
            "the home was made by store version \(found), this program reads version \(expected)"
        case .failed(let why): "the store failed: \(why)"
        }
    }
}
