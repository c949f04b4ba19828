package import ComityExchange
package import ComityLedger
import ComityMessages
package import ComityStore

/// Gives drafts their positions, makes them durable, and says where they stand.
///
/// One writer for each home, on one thread. It holds the heads of all ledgers; a head moves on disk only from where
/// the writer believed it to be.
package struct LedgerWriter {
    private let store: any Store
    private let sealer: any BodySealer
    private var fresh: FreshBytes
    private var heads: [LedgerName: Head] = [:]
    private var nextLedger: Int64
    private var nextEntry: Int64
    private var open = OpenQuestions()
    private let operations: LedgerName

    /// A ledger as the writer knows it.
    struct Head {
        let number: Int64
        var frontier: MerkleFrontier
        var committed: UInt64
    }

    /// What became durable.
    package struct Receipt: Sendable {
        package let append: UInt64
        package let places: [EntryPlace]
    }

    /// What one commit cost.
    package struct Work: Sendable {
        package var entries = 0
        package var rows = 0
    }

    package init(
        store: any Store, sealer: any BodySealer, recovered: Recovered, open: [OpenQuestions.Item],
        switchName: String, fresh: FreshBytes
    ) throws {
        self.store = store
        self.sealer = sealer
        self.fresh = fresh
        self.open = OpenQuestions(open)
        operations = LedgerName(operationsOf: switchName)!
        nextLedger = recovered.lastLedger + 1
        nextEntry = recovered.lastEntry + 1
        for row in recovered.heads {
            guard let name = LedgerName(row.name), let frontier = MerkleFrontier(bytes: row.frontier),
                frontier.size == row.size, frontier.root.bytes == row.root
            else { throw WriterError.damagedHead(row.name) }
            heads[name] = Head(number: row.ledger, frontier: frontier, committed: row.size)
        }
    }

    /// Makes appends durable in one commit. If it throws, the process must end: see `Store`.
    package mutating func write(_ appends: [Append]) throws -> (receipts: [Receipt], work: Work) {
        var batch = Batch()
        var touched: [LedgerName] = []
        var receipts: [Receipt] = []
        receipts.reserveCapacity(appends.count)
        for append in appends {
            var places: [EntryPlace] = []
            for draft in append.drafts {
                places.append(try add(draft, places: places, to: &batch, touched: &touched))
            }
            try addMail(append, to: &batch)
            for held in append.held {
                if let id = open.hold(held.lookup) {
                    batch.held.append(HeldRow(question: id, until: held.until))
                }
            }
            for lookup in append.releasedHeld {
                if let id = open.release(lookup) { batch.releasedHeld.append(id) }
            }
            for lookup in append.ended { open.close(lookup) }
            receipts.append(Receipt(append: append.number, places: places))
        }
        for name in touched { batch.heads.append(move(name)) }
        if !batch.entries.isEmpty || !batch.held.isEmpty || !batch.releasedHeld.isEmpty {
            batch.oldestOpen = open.oldest ?? nextEntry
        }
        if !batch.isEmpty { try store.commit(batch) }
        for name in touched { heads[name]!.committed = heads[name]!.frontier.size }
        let rows =
            batch.entries.count + batch.heads.count + batch.mail.count + batch.deliveredMail.count
            + batch.sessions.count + batch.held.count + batch.releasedHeld.count
        return (receipts, Work(entries: batch.entries.count, rows: rows))
    }

    // MARK: Entries

    private mutating func add(
        _ draft: Draft, places: [EntryPlace], to batch: inout Batch, touched: inout [LedgerName]
    ) throws -> EntryPlace {
        switch draft {
        case .question(let entry, let body, let duplicateKey):
            let sealed = try sealer.seal(
                body.encode(), at: BodyPlace(.question, ledger: entry.ledger, transaction: entry.transaction),
                nonce: fresh.nonce())
            let place = try append(
                try entry.encode(), to: entry.ledger, time: entry.time, body: sealed,
                duplicateKey: duplicateKey,
                batch: &batch, touched: &touched)
            open.add(entry.transaction, entry: nextEntry - 1)
            return place
        case .closing(var entry, let ofDraft):
            if let ofDraft {
                entry.question = places[ofDraft].position
                entry.questionLedger = places[ofDraft].ledger == entry.ledger ? nil : places[ofDraft].ledger
            }
            return try append(
                try entry.encode(), to: entry.ledger, time: entry.time, batch: &batch, touched: &touched)
        case .other(let entry, let body):
            return try append(
                try entry.encode(), to: entry.ledger, time: entry.time, body: body, batch: &batch,
                touched: &touched)
        }
    }

    private mutating func append(
        _ bytes: [UInt8], to ledger: LedgerName, time: UInt64, body: [UInt8]? = nil,
        duplicateKey: [UInt8]? = nil,
        batch: inout Batch, touched: inout [LedgerName]
    ) throws -> EntryPlace {
        if heads[ledger] == nil {
            heads[ledger] = Head(number: nextLedger, frontier: MerkleFrontier(), committed: 0)
            nextLedger += 1
            // The ledger of the year before is tied to this one by what it holds now.
            let before = ledger.before.flatMap { heads[$0]?.frontier }
            let opening = LedgerEntry.open(
                OpenEntry(
                    ledger: ledger, time: time, previousSize: before?.size, previousRoot: before?.root))
            put(try opening.encode(), in: ledger, body: nil, duplicateKey: nil, batch: &batch)
        }
        if !touched.contains(ledger) { touched.append(ledger) }
        let position = put(bytes, in: ledger, body: body, duplicateKey: duplicateKey, batch: &batch)
        return EntryPlace(ledger: ledger, position: position)
    }

    @discardableResult
    private mutating func put(
        _ bytes: [UInt8], in ledger: LedgerName, body: [UInt8]?, duplicateKey: [UInt8]?, batch: inout Batch
    ) -> UInt64 {
        let position = heads[ledger]!.frontier.size
        heads[ledger]!.frontier.append(Merkle.leafHash(bytes))
        batch.entries.append(
            EntryRow(
                id: nextEntry, ledger: heads[ledger]!.number, position: position, bytes: bytes, body: body,
                duplicateKey: duplicateKey))
        nextEntry += 1
        return position
    }

    private func move(_ name: LedgerName) -> HeadMove {
        let head = heads[name]!
        return HeadMove(
            from: head.committed,
            to: HeadRow(
                ledger: head.number, name: name.description, size: head.frontier.size,
                root: head.frontier.root.bytes, frontier: head.frontier.bytes))
    }

    // MARK: Mail and sessions

    private mutating func addMail(_ append: Append, to batch: inout Batch) throws {
        for mail in append.mail {
            let sealed = try sealer.seal(
                mail.bytes, at: .mail(mail.session, mail.sequence, in: operations), nonce: fresh.nonce())
            batch.mail.append(
                MailRow(id: mail.id, session: mail.session, sequence: mail.sequence, sealed: sealed))
        }
        batch.deliveredMail += append.deliveredMail
        for state in append.sessions {
            // Only the last state of a session in this commit counts.
            batch.sessions.removeAll { $0.id == state.id }
            batch.sessions.append(
                SessionRow(
                    id: state.id, link: state.link, name: state.name, received: state.received,
                    sent: state.sent))
        }
        batch.closedSessions += append.closedSessions
    }
}

extension BodyPlace {
    /// Mail is sealed to its session and number, so that it cannot be delivered to anybody else.
    static func mail(_ session: SessionID, _ sequence: UInt64, in ledger: LedgerName) -> BodyPlace {
        BodyPlace(
            .mail, ledger: ledger,
            transaction: TransactionID(high: UInt64(bitPattern: session.number), low: sequence))
    }
}

/// Why the ledgers cannot be written on.
enum WriterError: Error, CustomStringConvertible {
    case damagedHead(String)

    var description: String {
        switch self {
        case .damagedHead(let name):
            "the head of ledger `\(name)` does not match its own hashes: the database was damaged or changed; "
                + "stop, keep a copy, and run `comity ledger verify`"
        }
    }
}

extension LedgerName {
    /// The same owner's ledger of the year before.
    fileprivate var before: LedgerName? {
        guard let owner, let year, year > 0 else { return nil }
        return LedgerName(switch: switchName, lane: owner, year: Int(year) - 1)
    }
}
