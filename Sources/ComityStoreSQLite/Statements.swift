import ComityMessages
import ComityStore
import GRDB
import GRDBSQLite

/// The prepared statements of a commit, bound and stepped directly: a row costs a few microseconds, of which
/// wrapping its columns in values would be a third.
struct Statements {
    private let begin, commit, rollback: PreparedStatement
    private let entry, newHead, moveHead, size, frontier: PreparedStatement
    private let mail, deliveredMail, session, closeSession: PreparedStatement
    private let epoch, forgetEpochs: PreparedStatement
    private let held, releasedHeld, state, lastSession: PreparedStatement
    private let queued, dequeued, lastQueued: PreparedStatement
    private let eraseBody, eraseEpoch: PreparedStatement

    init(_ db: Database) throws {
        func prepare(_ sql: String) throws -> PreparedStatement { try PreparedStatement(db, sql) }
        begin = try prepare("BEGIN IMMEDIATE")
        commit = try prepare("COMMIT")
        rollback = try prepare("ROLLBACK")
        entry = try prepare("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)")
        newHead = try prepare("INSERT INTO head (size, root, ledger, name) VALUES (?, ?, ?, ?)")
        moveHead = try prepare("UPDATE head SET size=?, root=? WHERE ledger=? AND size=?")
        size = try prepare("SELECT size FROM head WHERE ledger=?")
        frontier = try prepare("INSERT OR REPLACE INTO frontier VALUES (?, ?, ?)")
        mail = try prepare("INSERT INTO mail VALUES (?, ?)")
        deliveredMail = try prepare("DELETE FROM mail WHERE id=?")
        session = try prepare(
            """
            INSERT INTO session (received, sent, delivered, id, link, name) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id)
            DO UPDATE SET received=excluded.received, sent=excluded.sent, delivered=excluded.delivered
            """)
        closeSession = try prepare("DELETE FROM session WHERE id=?")
        epoch = try prepare("INSERT INTO epoch VALUES (?, ?, ?, ?, ?)")
        forgetEpochs = try prepare("UPDATE epoch SET own=NULL WHERE hour<? AND own IS NOT NULL")
        held = try prepare("INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?)")
        releasedHeld = try prepare("DELETE FROM held WHERE question=?")
        queued = try prepare("INSERT INTO queue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        dequeued = try prepare("DELETE FROM queue WHERE id=?")
        lastQueued = try prepare("UPDATE state SET last_queued=?1 WHERE last_queued<?1")
        state = try prepare("UPDATE state SET oldest_open=?")
        eraseBody = try prepare("UPDATE entry SET body=NULL, duplicate=NULL WHERE id=?")
        eraseEpoch = try prepare("DELETE FROM epoch WHERE id=?")
        lastSession = try prepare("UPDATE state SET last_session=?1 WHERE last_session<?1")
    }

    func write(_ batch: Batch, to db: Database) throws {
        try begin.run()
        do {
            try rows(of: batch)
            try commit.run()
        } catch {
            // After a failed flush nobody knows what is on disk; the caller ends the process in any case.
            _ = try? rollback.run()
            throw error
        }
    }

    private func rows(of batch: Batch) throws {
        for row in batch.entries {
            try entry.run { statement in
                statement.bind(1, row.id)
                statement.bind(2, row.ledger)
                statement.bind(3, Int64(row.position))
                statement.bind(4, row.bytes)
                statement.bind(5, row.body)
                statement.bind(6, row.duplicateKey)
            }
        }
        for move in batch.heads { try write(move) }
        for row in batch.sessions {
            try session.run { statement in
                statement.bind(1, Int64(row.received))
                statement.bind(2, Int64(row.sent))
                statement.bind(3, Int64(row.delivered))
                statement.bind(4, row.id.number)
                statement.bind(5, row.link)
                statement.bind(6, row.name)
            }
        }
        for row in batch.frontiers {
            try frontier.run { statement in
                statement.bind(1, row.ledger)
                statement.bind(2, row.through)
                statement.bind(3, row.bytes)
            }
        }
        for row in batch.epochs {
            try epoch.run { statement in
                statement.bind(1, Int64(bitPattern: row.id))
                statement.bind(2, row.holder)
                statement.bind(3, Int64(row.hour))
                statement.bind(4, row.wraps)
                statement.bind(5, row.own)
            }
        }
        if let before = batch.forgetEpochsBefore {
            try forgetEpochs.run { $0.bind(1, Int64(before)) }
        }
        for row in batch.mail {
            try mail.run { statement in
                statement.bind(1, row.id)
                statement.bind(2, row.sealed)
            }
        }
        for id in batch.deliveredMail { try deliveredMail.run { $0.bind(1, id) } }
        for id in batch.closedSessions { try closeSession.run { $0.bind(1, id.number) } }
        for row in batch.held {
            try held.run { statement in
                statement.bind(1, row.question)
                statement.bind(2, row.until.milliseconds)
                statement.bind(3, row.approvalLines)
                statement.bind(4, row.isDecided ? 1 : 0)
            }
        }
        for id in batch.releasedHeld { try releasedHeld.run { $0.bind(1, id) } }
        for row in batch.queued { try write(row) }
        if let last = batch.queued.lazy.map(\.id).max() { try lastQueued.run { $0.bind(1, last) } }
        for id in batch.dequeued { try dequeued.run { $0.bind(1, id) } }
        if let oldest = batch.oldestOpen { try state.run { $0.bind(1, oldest) } }
        for id in batch.erasedBodies { try eraseBody.run { $0.bind(1, id) } }
        for id in batch.erasedEpochs { try eraseEpoch.run { $0.bind(1, Int64(bitPattern: id)) } }
        if let last = batch.sessions.lazy.map(\.id.number).max() { try lastSession.run { $0.bind(1, last) } }
    }

    private func write(_ row: QueueRow) throws {
        try queued.run { statement in
            statement.bind(1, row.id)
            statement.bind(2, row.question)
            statement.bind(3, row.sealed)
            statement.bind(4, row.link)
            statement.bind(5, row.destination)
            statement.bind(6, row.key)
            statement.bind(7, Int64(row.priority))
            statement.bind(8, row.since.milliseconds)
            statement.bind(9, row.until.milliseconds)
            statement.bind(10, row.reason)
            statement.bind(11, Int64(row.attempts))
        }
    }

    private func write(_ move: HeadMove) throws {
        let isNew = move.from == 0
        let changed = try (isNew ? newHead : moveHead).run { statement in
            statement.bind(1, Int64(move.to.size))
            statement.bind(2, move.to.root)
            statement.bind(3, move.to.ledger)
            if isNew { statement.bind(4, move.to.name) } else { statement.bind(4, Int64(move.from)) }
        }
        guard changed == 1 else {
            let found = try size.integer { $0.bind(1, move.to.ledger) } ?? 0
            throw StoreError.headMoved(ledger: move.to.name, expected: move.from, found: UInt64(found))
        }
    }
}
