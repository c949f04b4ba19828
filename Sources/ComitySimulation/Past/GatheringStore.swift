import ComityMessages
package import ComityStore
import Synchronization

/// Gathers commits and passes them on to a store as one.
///
/// Only for traffic that was never real: the writer hears "durable" at once, although the disk has it only after
/// the next large commit. Nobody outside the process gets an answer meanwhile, and a half-made home is thrown away.
package final class GatheringStore: Store {
    private let store: any Store
    private let thread: CommitThread
    private let limit: Int
    private let gathered = Mutex(Gathered())

    /// - Parameters:
    ///   - limit: the number of entries from which on a commit is made.
    ///   - committed: told of each large batch when it is durable, on the thread that commits.
    package init(
        _ store: any Store, limit: Int, committed: @escaping @Sendable (Batch) throws -> Void = { _ in }
    ) {
        self.store = store
        thread = CommitThread(store, committed: committed)
        self.limit = limit
    }

    package func commit(_ batch: Batch) throws {
        try gathered.withLock { gathered in
            gathered.add(batch)
            if gathered.batch.entries.count >= limit { try thread.commit(gathered.take()) }
        }
    }

    /// Commits what has gathered, and waits for it.
    package func flush() throws {
        try gathered.withLock { gathered in
            let batch = gathered.take()
            if !batch.isEmpty { try thread.commit(batch) }
        }
        try thread.drain()
    }

    package func recover() throws -> Recovered { try store.recover() }
    package func entries(after id: Int64, limit: Int) throws -> [EntryRow] {
        try store.entries(after: id, limit: limit)
    }
    package func controlEntries() throws -> [EntryRow] { try store.controlEntries() }
    package func heads() throws -> [HeadRow] { try store.heads() }
    package func epochs(of holder: String) throws -> [EpochRow] { try store.epochs(of: holder) }
    package func closedEpochs(in hours: ClosedRange<UInt64>) throws -> [ClosedEpoch] {
        try store.closedEpochs(in: hours)
    }
    package func openQuestions() throws -> OpenRows { try store.openQuestions() }

    /// Commits what has gathered, and closes the store.
    package func close() throws {
        try flush()
        thread.stop()
        try store.close()
    }
}

/// Several batches as one: what came and went between them is left out.
private struct Gathered {
    private(set) var batch = Batch()
    private var heads: [Int64: HeadMove] = [:]
    private var frontiers: [Int64: FrontierRow] = [:]
    private var mail: [Int64: MailRow] = [:]
    private var sessions: [SessionID: SessionRow] = [:]
    private var held: [Int64: HeldRow] = [:]
    private var queue: [Int64: QueueRow] = [:]

    mutating func add(_ next: Batch) {
        batch.entries += next.entries
        for move in next.heads {
            heads[move.to.ledger] = HeadMove(from: heads[move.to.ledger]?.from ?? move.from, to: move.to)
        }
        for row in next.frontiers { frontiers[row.ledger] = row }
        for row in next.mail { mail[row.id] = row }
        for id in next.deliveredMail where mail.removeValue(forKey: id) == nil {
            batch.deliveredMail.append(id)
        }
        for row in next.sessions { sessions[row.id] = row }
        for id in next.closedSessions {
            sessions[id] = nil
            batch.closedSessions.append(id)
        }
        for row in next.held { held[row.question] = row }
        for id in next.releasedHeld where held.removeValue(forKey: id) == nil {
            batch.releasedHeld.append(id)
        }
        for row in next.queued { queue[row.id] = row }
        for id in next.dequeued where queue.removeValue(forKey: id) == nil { batch.dequeued.append(id) }
        batch.epochs += next.epochs
        if let before = next.forgetEpochsBefore { batch.forgetEpochsBefore = before }
        if let oldest = next.oldestOpen { batch.oldestOpen = oldest }
        batch.erasedBodies += next.erasedBodies
        batch.erasedEpochs += next.erasedEpochs
    }

    mutating func take() -> Batch {
        var result = batch
        result.heads = heads.values.sorted { $0.to.ledger < $1.to.ledger }
        result.frontiers = frontiers.values.sorted { $0.ledger < $1.ledger }
        result.mail = mail.values.sorted { $0.id < $1.id }
        result.sessions = sessions.values.sorted { $0.id < $1.id }
        result.held = held.values.sorted { $0.question < $1.question }
        result.queued = queue.values.sorted { $0.id < $1.id }
        self = Gathered()
        return result
    }
}
