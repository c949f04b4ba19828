package import ComityMessages
import Synchronization

/// A store that keeps everything in memory, with faults on demand: what tests and simulations run on.
package final class MemoryStore: Store {
    /// What the next commit does wrong.
    package enum Fault: Hashable, Sendable {
        /// It fails, and nothing was kept.
        case failsUnkept
        /// It fails, **but** everything was kept: the worst case for whoever must go on afterwards.
        case failsKept
    }

    package struct Contents: Sendable {
        package var entries: [EntryRow] = []
        package var heads: [Int64: HeadRow] = [:]
        package var frontiers: [Int64: FrontierRow] = [:]
        package var mail: [Int64: MailRow] = [:]
        package var epochs: [UInt64: EpochRow] = [:]
        package var sessions: [SessionID: SessionRow] = [:]
        package var held: [Int64: HeldRow] = [:]
        package var queue: [Int64: QueueRow] = [:]
        package var lastQueued: Int64 = 0
        package var oldestOpen: Int64 = 1
        package var lastSession: Int64 = 0
        package var commits = 0
        var fault: Fault?
    }

    private let state = Mutex(Contents())

    package init() {}

    /// A copy of what is kept.
    package var contents: Contents { state.withLock { $0 } }

    /// Makes the next commit fail.
    package func fail(next fault: Fault) { state.withLock { $0.fault = fault } }

    package func commit(_ batch: Batch) throws {
        try state.withLock { contents in
            let fault = contents.fault
            contents.fault = nil
            if fault == .failsUnkept { throw StoreError.failed("a planted fault: nothing was kept") }
            var next = contents
            try next.apply(batch)
            contents = next
            if fault == .failsKept { throw StoreError.failed("a planted fault: everything was kept") }
        }
    }

    package func recover() throws -> Recovered {
        state.withLock { contents in
            var recovered = Recovered()
            recovered.heads = contents.heads.values.sorted { $0.ledger < $1.ledger }
            recovered.frontiers = contents.frontiers.values.sorted { $0.ledger < $1.ledger }
            recovered.sessions = contents.sessions.values.sorted { $0.id < $1.id }
            recovered.epochs = contents.epochs.values.filter { $0.own != nil }.sorted { $0.id < $1.id }
            recovered.mail = contents.mail.values.sorted { $0.id < $1.id }
            recovered.held = contents.held.values.sorted { $0.question < $1.question }
                .map { ($0, contents.entries[Int($0.question) - 1]) }
            recovered.queue = contents.queue.values.sorted { $0.id < $1.id }
                .map { row in (row, row.question.map { contents.entries[Int($0) - 1] }) }
            recovered.lastQueued = contents.lastQueued
            recovered.recent = contents.entries.filter { $0.id >= contents.oldestOpen }
            recovered.lastEntry = contents.entries.last?.id ?? 0
            recovered.lastSession = contents.lastSession
            recovered.lastLedger = contents.heads.keys.max() ?? 0
            return recovered
        }
    }

    package func entries(after id: Int64, limit: Int) throws -> [EntryRow] {
        state.withLock { Array($0.entries.drop { $0.id <= id }.prefix(limit)) }
    }

    package func controlEntries() throws -> [EntryRow] {
        state.withLock { $0.entries.filter { $0.ledger == controlLedger } }
    }

    package func heads() throws -> [HeadRow] {
        state.withLock { $0.heads.values.sorted { $0.ledger < $1.ledger } }
    }

    package func epochs(of holder: String) throws -> [EpochRow] {
        state.withLock { contents in
            contents.epochs.values.filter { $0.holder == holder }.sorted { $0.hour < $1.hour }
        }
    }

    package func closedEpochs(in hours: ClosedRange<UInt64>) throws -> [ClosedEpoch] {
        state.withLock { contents in
            contents.epochs.values.filter { $0.own == nil && hours.contains($0.hour) }
                .map { ClosedEpoch(id: $0.id, hour: $0.hour) }
        }
    }

    package func openQuestions() throws -> OpenRows {
        state.withLock {
            OpenRows(
                oldest: $0.oldestOpen, held: Set($0.held.keys).union($0.queue.values.compactMap(\.question)))
        }
    }

    package func close() throws {}
}

extension MemoryStore.Contents {
    fileprivate mutating func apply(_ batch: Batch) throws {
        for move in batch.heads {
            let found = heads[move.to.ledger]?.size ?? 0
            guard found == move.from else {
                throw StoreError.headMoved(ledger: move.to.name, expected: move.from, found: found)
            }
            heads[move.to.ledger] = move.to
        }
        for entry in batch.entries {
            guard entry.id == Int64(entries.count) + 1 else {
                throw StoreError.failed("entry \(entry.id) does not follow entry \(entries.count)")
            }
            entries.append(entry)
        }
        for row in batch.sessions {
            sessions[row.id] = row
            lastSession = max(lastSession, row.id.number)
        }
        for row in batch.frontiers { frontiers[row.ledger] = row }
        for row in batch.epochs { epochs[row.id] = row }
        if let before = batch.forgetEpochsBefore {
            for (id, row) in epochs where row.hour < before { epochs[id]?.own = nil }
        }
        for row in batch.mail { mail[row.id] = row }
        for id in batch.deliveredMail { mail[id] = nil }
        for id in batch.closedSessions { sessions[id] = nil }
        for row in batch.held { held[row.question] = row }
        for id in batch.releasedHeld { held[id] = nil }
        for row in batch.queued {
            queue[row.id] = row
            lastQueued = max(lastQueued, row.id)
        }
        for id in batch.dequeued { queue[id] = nil }
        if let oldest = batch.oldestOpen { oldestOpen = oldest }
        for id in batch.erasedBodies where entries.indices.contains(Int(id) - 1) {
            entries[Int(id) - 1].body = nil
            entries[Int(id) - 1].duplicateKey = nil
        }
        for id in batch.erasedEpochs { epochs[id] = nil }
        commits += 1
    }
}
