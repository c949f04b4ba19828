package import ComityMessages

/// What becomes durable together: all of it or nothing.
///
/// The order inside a batch is the order in which it happened; an entry's `id` continues the store's numbering.
package struct Batch: Sendable {
    /// New entries, in commit order.
    package var entries: [EntryRow] = []
    /// Where each ledger stood before and stands after.
    package var heads: [HeadMove] = []
    /// From what each ledger's tree can grow on, now and then: see `FrontierRow`.
    package var frontiers: [FrontierRow] = []
    /// New mail that waits for links to acknowledge it.
    package var mail: [MailRow] = []
    /// The ids of mail that every link has acknowledged.
    package var deliveredMail: [Int64] = []
    /// The sessions whose counters moved, or that are new.
    package var sessions: [SessionRow] = []
    /// Sessions that ended in good order.
    package var closedSessions: [SessionID] = []
    /// Look-ups that wait for a person.
    package var held: [HeldRow] = []
    /// Entry ids of questions that wait no longer.
    package var releasedHeld: [Int64] = []
    /// Messages and look-ups that wait and have no number yet.
    package var queued: [QueueRow] = []
    /// Numbers of rows of the queue that wait no longer.
    package var dequeued: [Int64] = []
    /// New epoch keys.
    package var epochs: [EpochRow] = []
    /// The switch's own copies of epoch keys of earlier hours go: hours since 1970.
    package var forgetEpochsBefore: UInt64?
    /// The id of the oldest question that may still be open (held ones not counted); recovery reads from here.
    package var oldestOpen: Int64?
    /// Entry ids of which the body, and the key of a repetition, goes for good: no byte of it may stay behind.
    package var erasedBodies: [Int64] = []
    /// Ids of epoch keys that go for good, because no body is left under them.
    package var erasedEpochs: [UInt64] = []

    package init() {}

    /// Whether something is to be erased, not only forgotten.
    package var erases: Bool { !erasedBodies.isEmpty || !erasedEpochs.isEmpty }

    /// Whether there is nothing to commit.
    package var isEmpty: Bool {
        entries.isEmpty && heads.isEmpty && frontiers.isEmpty && mail.isEmpty && deliveredMail.isEmpty
            && sessions.isEmpty
            && epochs.isEmpty && forgetEpochsBefore == nil && closedSessions.isEmpty && held.isEmpty
            && releasedHeld.isEmpty && queued.isEmpty && dequeued.isEmpty && !erases
    }
}

/// One ledger entry as stored.
package struct EntryRow: Hashable, Sendable {
    /// Position in commit order over all ledgers, from 1, without gaps.
    package var id: Int64
    /// The store's number of the ledger.
    package var ledger: Int64
    /// Position in its ledger, from 0, without gaps.
    package var position: UInt64
    /// The encoded entry: the leaf of the ledger's tree.
    package var bytes: [UInt8]
    /// What lies beside the ledger: a sealed question, or the text of a policy. `nil` where there is none.
    package var body: [UInt8]?
    /// Keyed hash by which a repeated message is known; `nil` if the message cannot be suppressed.
    package var duplicateKey: [UInt8]?

    package init(
        id: Int64, ledger: Int64, position: UInt64, bytes: [UInt8], body: [UInt8]? = nil,
        duplicateKey: [UInt8]? = nil
    ) {
        self.id = id
        self.ledger = ledger
        self.position = position
        self.bytes = bytes
        self.body = body
        self.duplicateKey = duplicateKey
    }
}

/// A ledger's head as stored.
package struct HeadRow: Hashable, Sendable {
    /// The store's number of the ledger.
    package var ledger: Int64
    /// The ledger's name, `<switch>/lane/<owner>/<year>`.
    package var name: String
    /// The number of entries.
    package var size: UInt64
    /// The root hash of the tree of that size.
    package var root: [UInt8]

    package init(ledger: Int64, name: String, size: UInt64, root: [UInt8]) {
        self.ledger = ledger
        self.name = name
        self.size = size
        self.root = root
    }
}

/// The hashes from which a ledger's tree can grow on, as of some entry in commit order.
///
/// They are long, and every commit moves most heads; so they are written only every few thousand entries, and
/// what came after is hashed again at the start, and must then give the roots of the heads.
package struct FrontierRow: Hashable, Sendable {
    /// The store's number of the ledger.
    package var ledger: Int64
    /// The id of the last entry, of any ledger, that is taken in.
    package var through: Int64
    /// As `MerkleFrontier.bytes` writes them.
    package var bytes: [UInt8]

    package init(ledger: Int64, through: Int64, bytes: [UInt8]) {
        self.ledger = ledger
        self.through = through
        self.bytes = bytes
    }
}

/// A head moves only from the size that its writer believed (compare and swap).
package struct HeadMove: Hashable, Sendable {
    /// The size before: 0 for a new ledger.
    package var from: UInt64
    /// The head after.
    package var to: HeadRow

    package init(from: UInt64, to: HeadRow) {
        self.from = from
        self.to = to
    }
}

/// All the mail of one commit, sealed as one: a row for each letter would cost more than the letters.
package struct MailRow: Hashable, Sendable {
    /// Rising; given again only when everything above has gone.
    package var id: Int64
    /// The sealed letters.
    package var sealed: [UInt8]

    package init(id: Int64, sealed: [UInt8]) {
        self.id = id
        self.sealed = sealed
    }
}

/// A session's counters.
package struct SessionRow: Hashable, Sendable {
    package var id: SessionID
    /// The link's name.
    package var link: String
    /// The name that the link gave the session.
    package var name: String
    /// The highest number durably received from the link.
    package var received: UInt64
    /// The highest number given to mail for the link.
    package var sent: UInt64
    /// The highest number of that mail which the link has acknowledged.
    package var delivered: UInt64

    package init(
        id: SessionID, link: String, name: String, received: UInt64, sent: UInt64, delivered: UInt64
    ) {
        self.id = id
        self.link = link
        self.name = name
        self.received = received
        self.sent = sent
        self.delivered = delivered
    }
}

/// An epoch key, wrapped for those who may open the bodies under it.
package struct EpochRow: Hashable, Sendable {
    /// `EpochKey.id`.
    package var id: UInt64
    /// `EpochHolder.description`.
    package var holder: String
    /// Hours since 1970-01-01T00:00:00Z.
    package var hour: UInt64
    /// `WrappedEpoch.encodedWraps`.
    package var wraps: [UInt8]
    /// The switch's own copy, sealed; `nil` once no look-up under way needs it.
    package var own: [UInt8]?

    package init(id: UInt64, holder: String, hour: UInt64, wraps: [UInt8], own: [UInt8]?) {
        self.id = id
        self.holder = holder
        self.hour = hour
        self.wraps = wraps
        self.own = own
    }
}

/// A message or a look-up that waits and has no number yet.
package struct QueueRow: Hashable, Sendable {
    /// Rising; never given twice.
    package var id: Int64
    /// The id of the question's entry, for a look-up; `nil` for a message.
    package var question: Int64?
    /// The message, sealed; `nil` for a look-up, whose question lies beside its entry.
    package var sealed: [UInt8]?
    /// The link that it goes to; `nil` for a record source of the switch.
    package var link: String?
    /// A member or an agency.
    package var destination: String
    package var key: String
    /// 0 status, 1 normal, 2 regional.
    package var priority: UInt8
    package var since: Timestamp
    /// When it is given up.
    package var until: Timestamp
    /// Why it waits: `service`, `room` or `set-aside`.
    package var reason: String
    /// How often sending it ended with the connection breaking.
    package var attempts: Int

    package init(
        id: Int64, question: Int64?, sealed: [UInt8]?, link: String?, destination: String, key: String,
        priority: UInt8, since: Timestamp, until: Timestamp, reason: String, attempts: Int
    ) {
        self.id = id
        self.question = question
        self.sealed = sealed
        self.link = link
        self.destination = destination
        self.key = key
        self.priority = priority
        self.since = since
        self.until = until
        self.reason = reason
        self.attempts = attempts
    }
}

/// A look-up that waits for a person.
package struct HeldRow: Hashable, Sendable {
    /// The id of its question's entry.
    package var question: Int64
    /// When the stated fallback takes effect.
    package var until: Timestamp
    /// What people at its desks have let through.
    package var approvals: [Approval]
    /// Whether it waits no longer: the desks have decided, and what they let through must hold to its end.
    package var isDecided: Bool

    package init(
        question: Int64, until: Timestamp, approvals: [Approval] = [], isDecided: Bool = false
    ) {
        self.question = question
        self.until = until
        self.approvals = approvals
        self.isDecided = isDecided
    }

    /// What one person at a desk lets through.
    package struct Approval: Hashable, Sendable {
        /// The field groups, one bit each.
        package var groups: UInt16
        /// A mark by which another person is known to be another one: hexadecimal digits.
        package var person: String
        package var desk: String

        package init(groups: UInt16, person: String, desk: String) {
            self.groups = groups
            self.person = person
            self.desk = desk
        }
    }
}
