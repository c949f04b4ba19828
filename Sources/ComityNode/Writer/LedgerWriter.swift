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
    private let bodies: Bodies
    private var fresh: FreshBytes
    private var heads: [LedgerName: Head] = [:]
    private var nextLedger: Int64
    private var nextEntry: Int64
    private var open = OpenQuestions()
    private var epochs: EpochKeys
    private var waitingMail = WaitingMail()
    private var nextMail: Int64
    /// Rows of mail that nobody waits for, to be deleted with the next commit.
    private var spentMail: [Int64]
    /// The last entry that the frontiers on disk take in.
    private var frontiersThrough: Int64
    private let operations: LedgerName

    /// A ledger as the writer knows it. A reference, because each entry changes one, and copying would cost more
    /// than hashing; the writer alone holds it.
    private final class Head {
        let name: LedgerName
        let number: Int64
        var frontier: MerkleFrontier
        /// The size on disk.
        var committed: UInt64

        init(name: LedgerName, number: Int64, frontier: MerkleFrontier) {
            self.name = name
            self.number = number
            self.frontier = frontier
            committed = frontier.size
        }

        var move: HeadMove {
            HeadMove(
                from: committed,
                to: HeadRow(
                    ledger: number, name: name.description, size: frontier.size, root: frontier.root.bytes))
        }
    }

    /// A commit while it is put together.
    private struct Gathering {
        var batch = Batch()
        /// The ledgers with new entries, in the order of their first.
        var touched: [Head] = []
        /// Where each session stands in the batch: only the last state of a session counts.
        var sessions: [SessionID: Int] = [:]
        /// The letters of the commit.
        var letters: [Mail] = []
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
        /// The heads that moved, as they stand now: what is to be sealed.
        package var heads: [HeadRow] = []
    }

    /// How the bodies of questions lie beside the ledger.
    package enum Bodies: Sendable {
        /// In envelopes for those who may open them: the only way of a switch.
        case sealed
        /// As they came. Only for the benchmark that says what envelopes cost; no configuration leads here.
        case openForBenchmarksOnly
    }

    package init(
        store: any Store, sealer: any BodySealer, epochs: EpochKeys, recovered: Recovered,
        mail: RecoveredMail, open: [OpenQuestions.Item], switchName: String, fresh: FreshBytes,
        bodies: Bodies = .sealed
    ) throws {
        self.store = store
        self.sealer = sealer
        self.bodies = bodies
        self.epochs = epochs
        self.fresh = fresh
        self.open = OpenQuestions(open)
        operations = LedgerName(operationsOf: switchName)!
        nextLedger = recovered.lastLedger + 1
        nextEntry = recovered.lastEntry + 1
        for (row, letter) in mail.letters { waitingMail.add(letter.session, letter.sequence, row: row) }
        spentMail = mail.spentRows
        nextMail = max(waitingMail.lastRow, spentMail.max() ?? 0) + 1
        let grown = try GrownFrontiers(recovered, from: store)
        frontiersThrough = grown.through
        for row in recovered.heads {
            guard let name = LedgerName(row.name), let frontier = grown.frontier(of: row) else {
                throw WriterError.damagedHead(row.name)
            }
            heads[name] = Head(name: name, number: row.ledger, frontier: frontier)
        }
    }

    /// Makes appends durable in one commit. If it throws, the process must end: see `Store`.
    package mutating func write(_ appends: [Append]) throws -> (receipts: [Receipt], work: Work) {
        var gathering = Gathering()
        var receipts: [Receipt] = []
        receipts.reserveCapacity(appends.count)
        for append in appends {
            var places: [EntryPlace] = []
            places.reserveCapacity(append.drafts.count)
            for draft in append.drafts { places.append(try add(draft, places: places, to: &gathering)) }
            addMail(append, to: &gathering)
            addHolds(append, to: &gathering.batch)
            try addQueue(append, to: &gathering.batch)
            for lookup in append.ended { open.close(lookup) }
            gathering.batch.erasedBodies += append.erasedBodies
            gathering.batch.erasedEpochs += append.erasedEpochs
            receipts.append(Receipt(append: append.number, places: places))
        }
        try sealMail(&gathering)
        gathering.batch.heads = gathering.touched.map(\.move)
        if nextEntry - 1 - frontiersThrough >= Self.frontierEvery { keepFrontiers(&gathering.batch) }
        let batch = complete(gathering.batch)
        if !batch.isEmpty { try store.commit(batch) }
        for head in gathering.touched { head.committed = head.frontier.size }
        return (
            receipts,
            Work(entries: batch.entries.count, rows: batch.rows, heads: batch.heads.map(\.to))
        )
    }

    /// Entries, over all ledgers, after which the frontiers are written again: so many are hashed at a start.
    private static let frontierEvery: Int64 = 8192

    private mutating func keepFrontiers(_ batch: inout Batch) {
        frontiersThrough = nextEntry - 1
        // Those that did not grow are written too: from one number on, everything is to be read again.
        for head in heads.values {
            batch.frontiers.append(
                FrontierRow(ledger: head.number, through: frontiersThrough, bytes: head.frontier.bytes))
        }
        batch.frontiers.sort { $0.ledger < $1.ledger }
    }

    private mutating func complete(_ batch: consuming Batch) -> Batch {
        if !batch.entries.isEmpty || !batch.held.isEmpty || !batch.releasedHeld.isEmpty
            || !batch.queued.isEmpty || !batch.dequeued.isEmpty
        {
            batch.oldestOpen = open.oldest ?? nextEntry
        }
        return batch
    }

    // MARK: Entries

    private mutating func add(
        _ draft: Draft, places: [EntryPlace], to gathering: inout Gathering
    ) throws -> EntryPlace {
        switch draft {
        case .question(let entry, let body, _, let duplicateKey) where bodies == .openForBenchmarksOnly:
            let place = try append(
                try entry.encode(), to: entry.ledger, time: entry.time, body: body.encode(),
                duplicateKey: duplicateKey, gathering: &gathering)
            open.add(entry.transaction, entry: nextEntry - 1, keyHour: 0)
            return place
        case .question(let entry, let body, let requester, let duplicateKey):
            let (sealed, hour) = try seal(
                body.encode(), at: entry.envelopePlace, time: entry.time, requester: requester,
                batch: &gathering.batch)
            let stands = try append(
                try entry.encode(), to: entry.ledger, time: entry.time, body: sealed,
                duplicateKey: duplicateKey, gathering: &gathering)
            open.add(entry.transaction, entry: nextEntry - 1, keyHour: hour)
            return stands
        case .relay(let entry, let body, let sender, let duplicateKey):
            return try append(
                .relay(entry), body.encode(), sealedAt: entry.envelopePlace, requester: sender,
                duplicateKey: duplicateKey, gathering: &gathering)
        case .posting(let entry, let text, let duplicateKey):
            return try append(
                try LedgerEntry.posting(entry).encode(), to: entry.ledger, time: entry.time, body: text,
                duplicateKey: duplicateKey, gathering: &gathering)
        case .resend(let entry, let body):
            return try append(
                .resend(entry), body.encode(), sealedAt: entry.envelopePlace, gathering: &gathering)
        case .review(let entry, let body):
            return try append(
                .review(entry), body.encode(), sealedAt: entry.envelopePlace, gathering: &gathering)
        case .closing(var entry, let ofDraft):
            if let ofDraft {
                entry.question = places[ofDraft].position
                entry.questionLedger = places[ofDraft].ledger == entry.ledger ? nil : places[ofDraft].ledger
            }
            return try append(try entry.encode(), to: entry.ledger, time: entry.time, gathering: &gathering)
        case .other(let entry, let body):
            return try append(
                try entry.encode(), to: entry.ledger, time: entry.time, body: body, gathering: &gathering)
        }
    }

    /// Adds an entry with an envelope beside it.
    private mutating func append(
        _ entry: LedgerEntry, _ body: [UInt8], sealedAt place: BodyPlace, requester: MemberCode? = nil,
        duplicateKey: [UInt8]? = nil, gathering: inout Gathering
    ) throws -> EntryPlace {
        let (sealed, _) = try seal(
            body, at: place, time: entry.time, requester: requester, batch: &gathering.batch)
        return try append(
            try entry.encode(), to: entry.ledger, time: entry.time, body: sealed, duplicateKey: duplicateKey,
            gathering: &gathering)
    }

    /// Seals a body for its owner (the network, for what is no look-up), the owner's auditor, and the requester's member if it
    /// is given; with the hour of the keys.
    private mutating func seal(
        _ body: [UInt8], at place: BodyPlace, time: UInt64, requester: MemberCode?, batch: inout Batch
    ) throws -> (sealed: [UInt8], hour: UInt64) {
        let keys = try epochs.keys(
            owner: place.ledger.owner ?? MemberCode.network.description, requester: requester?.description,
            at: time,
            oldestOpen: { open.oldestHour }, fresh: &fresh, batch: &batch)
        return (try Envelope.seal(body, at: place, recordKey: fresh.take(32), under: keys), keys[0].hour)
    }

    private mutating func append(
        _ bytes: [UInt8], to ledger: LedgerName, time: UInt64, body: [UInt8]? = nil,
        duplicateKey: [UInt8]? = nil, gathering: inout Gathering
    ) throws -> EntryPlace {
        let head: Head
        if let known = heads[ledger] {
            head = known
            if head.committed == head.frontier.size { gathering.touched.append(head) }
        } else {
            head = Head(name: ledger, number: nextLedger, frontier: MerkleFrontier())
            heads[ledger] = head
            nextLedger += 1
            gathering.touched.append(head)
            let before = try close(before: ledger, at: time, gathering: &gathering)
            let opening = LedgerEntry.open(
                OpenEntry(ledger: ledger, time: time, previousSize: before?.size, previousRoot: before?.root))
            put(try opening.encode(), in: head, body: nil, duplicateKey: nil, batch: &gathering.batch)
        }
        let position = put(bytes, in: head, body: body, duplicateKey: duplicateKey, batch: &gathering.batch)
        return EntryPlace(ledger: ledger, position: position)
    }

    /// Closes the owner's ledger of an earlier year, in the commit that opens the one that continues it.
    ///
    /// - Returns: where it ended; `nil` if the owner has none.
    private mutating func close(
        before ledger: LedgerName, at time: UInt64, gathering: inout Gathering
    ) throws -> MerkleFrontier? {
        guard let year = ledger.year else { return nil }
        let earlier = heads.values.filter { $0.name.owner == ledger.owner && $0.name.year ?? year < year }
        guard let last = earlier.max(by: { $0.name.year ?? 0 < $1.name.year ?? 0 }) else { return nil }
        if last.committed == last.frontier.size { gathering.touched.append(last) }
        let closing = LedgerEntry.close(CloseEntry(ledger: last.name, time: time, next: year))
        put(try closing.encode(), in: last, body: nil, duplicateKey: nil, batch: &gathering.batch)
        return last.frontier
    }

    @discardableResult
    private mutating func put(
        _ bytes: [UInt8], in head: Head, body: [UInt8]?, duplicateKey: [UInt8]?, batch: inout Batch
    ) -> UInt64 {
        let position = head.frontier.size
        head.frontier.append(Merkle.leafHash(bytes))
        batch.entries.append(
            EntryRow(
                id: nextEntry, ledger: head.number, position: position, bytes: bytes, body: body,
                duplicateKey: duplicateKey))
        nextEntry += 1
        return position
    }

    // MARK: Mail, sessions, holds

    private mutating func addMail(_ append: Append, to gathering: inout Gathering) {
        for letter in append.mail { waitingMail.add(letter.session, letter.sequence, row: nextMail) }
        gathering.letters += append.mail
        for state in append.sessions {
            spentMail += waitingMail.delivered(state.id, through: state.delivered)
            let row = SessionRow(
                id: state.id, link: state.link, name: state.name, received: state.received, sent: state.sent,
                delivered: state.delivered)
            if let place = gathering.sessions[state.id] {
                gathering.batch.sessions[place] = row
            } else {
                gathering.sessions[state.id] = gathering.batch.sessions.count
                gathering.batch.sessions.append(row)
            }
        }
        for session in append.closedSessions { spentMail += waitingMail.ended(session) }
        gathering.batch.closedSessions += append.closedSessions
    }

    private mutating func sealMail(_ gathering: inout Gathering) throws {
        if !gathering.letters.isEmpty {
            let sealed = try sealer.seal(
                MailBag.encode(gathering.letters), at: .mail(nextMail, in: operations), nonce: fresh.nonce())
            gathering.batch.mail = [MailRow(id: nextMail, sealed: sealed)]
            nextMail += 1
        }
        gathering.batch.deliveredMail = spentMail
        spentMail = []
    }

    private mutating func addHolds(_ append: Append, to batch: inout Batch) {
        for held in append.held {
            guard let id = open.put(aside: held.lookup, .held) else { continue }
            batch.held.append(
                HeldRow(
                    question: id, until: held.until, approvals: held.approvals.map(HeldRow.Approval.init),
                    isDecided: held.isDecided))
        }
        for lookup in append.releasedHeld {
            if let id = open.release(lookup, .held) { batch.releasedHeld.append(id) }
        }
    }

    private mutating func addQueue(_ append: Append, to batch: inout Batch) throws {
        for (item, lookup) in append.dequeued {
            if let lookup { _ = open.release(lookup, .queued) }
            batch.dequeued.append(Int64(item))
        }
        for item in append.queued {
            var question: Int64?
            var sealed: [UInt8]?
            switch item.content {
            case .lookup(let lookup):
                guard let entry = open.put(aside: lookup, .queued) else { continue }
                question = entry
            case .message(let relayed):
                sealed = try sealer.seal(
                    relayed.encode(), at: .queue(Int64(item.id), in: operations), nonce: fresh.nonce())
            }
            batch.queued.append(
                QueueRow(
                    id: Int64(item.id), question: question, sealed: sealed, link: item.link,
                    destination: item.destination.description, key: item.key.description,
                    priority: item.priority.rawValue, since: item.since, until: item.until,
                    reason: item.reason.rawValue, attempts: item.attempts))
        }
    }
}

extension Batch {
    /// How many rows are written or deleted.
    fileprivate var rows: Int {
        entries.count + heads.count + frontiers.count + mail.count + deliveredMail.count + sessions.count
            + held.count
            + releasedHeld.count + queued.count + dequeued.count + erasedBodies.count + erasedEpochs.count
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
