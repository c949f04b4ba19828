package import ComityLedger
package import ComityMessages

/// What the machine wants done. A driver performs effects; the machine never does.
package enum Effect: Sendable {
    /// Make this durable. What depends on it is not among the effects: `Exchange.storeConfirmed` returns it, and
    /// nothing else does. So "recorded before released" is a matter of types.
    case append(Append)
    /// Something for a connection that rests on nothing new: a welcome, a notice, mail that is durable already.
    case link(LinkEffect)
}

/// What to do for a connection.
package enum LinkEffect: Sendable {
    /// The sign-on is good: go on from here.
    case welcome(ConnectionID, session: SessionID, received: UInt64)
    /// Send a message.
    case send(ConnectionID, sequence: UInt64, bytes: [UInt8])
    /// Everything up to this number is durable: the link may forget it.
    case acknowledge(ConnectionID, through: UInt64)
    /// Say what was wrong, and close if the notice says so.
    case notice(ConnectionID, Notice)
    /// Close without a word: another connection has taken the session over.
    case close(ConnectionID)
}

/// What may be done once an append is durable. Only `Exchange.storeConfirmed` makes these.
package enum DurableEffect: Sendable {
    /// Ask an owner's record source.
    case ask(Ask)
    /// Something for a connection.
    case link(LinkEffect)
}

/// A question for an owner's record source. There is one only for a look-up that was judged open.
package struct Ask: Sendable {
    /// The look-up, by which the answer is matched.
    package let lookup: TransactionID
    /// Whose records.
    package let owner: MemberCode
    /// What is asked.
    package let request: Request
    /// The asker's message, whose elements hold the search values.
    package let message: Message
    /// What the owner's ledger is searched for; `nil` for a question to its record source.
    package let archive: ArchiveSearch?

    package init(
        lookup: TransactionID, owner: MemberCode, request: Request, message: Message,
        archive: ArchiveSearch? = nil
    ) {
        self.lookup = lookup
        self.owner = owner
        self.request = request
        self.message = message
        self.archive = archive
    }
}

/// What becomes durable together.
package struct Append: Sendable {
    /// Rises by one from append to append; receipts come back in this order.
    package let number: UInt64
    /// Entries in the order in which they happened.
    package var drafts: [Draft] = []
    /// Mail that waits for links, numbered already.
    package var mail: [Mail] = []
    /// The counters of the sessions that moved. Mail that a counter says is delivered may go.
    package var sessions: [SessionState] = []
    /// Sessions that ended.
    package var closedSessions: [SessionID] = []
    /// Questions that wait for a person, as they stand now.
    package var held: [HeldState] = []
    /// Questions that wait no longer, by look-up.
    package var releasedHeld: [TransactionID] = []
    /// What waits without a number from now on.
    package var queued: [QueueItem] = []
    /// What waits no longer, by its number in the queue; `lookup` if a question waited.
    package var dequeued: [(item: UInt64, lookup: TransactionID?)] = []
    /// Look-ups that end with this append.
    package var ended: [TransactionID] = []
    /// The store's numbers of questions whose envelopes go for good.
    package var erasedBodies: [Int64] = []
    /// Epoch keys under which no envelope is left.
    package var erasedEpochs: [UInt64] = []

    package init(number: UInt64) { self.number = number }
}

/// One entry to be written.
package enum Draft: Sendable {
    /// A question with its judgement, and what lies beside the ledger. `requester` is the member that the asking
    /// agency belongs to, `nil` if the directory does not know it.
    case question(QuestionEntry, QuestionBody, requester: MemberCode?, duplicateKey: [UInt8]?)
    /// A message that is passed on, and what lies beside the ledger. `sender` is the member that the agency belongs to,
    /// `nil` if the directory does not know it.
    case relay(RelayEntry, RelayBody, sender: MemberCode?, duplicateKey: [UInt8]?)
    /// A message that was passed on before and is sent again, and what lies beside the ledger.
    case resend(ResendEntry, ResendBody)
    /// What a desk decided, and what lies beside the ledger.
    case review(ReviewEntry, ReviewBody)
    /// What a member posts, with the text beside the ledger, which is published and not sealed.
    case posting(PostingEntry, text: [UInt8]?, duplicateKey: [UInt8]?)
    /// The end of a look-up. `ofDraft` is the place of its question in the same append, if it stands there: only
    /// the writer knows the position then.
    case closing(ClosingEntry, ofDraft: Int?)
    /// Anything else, with a body that need not be sealed (the text of a policy).
    case other(LedgerEntry, body: [UInt8]?)
}

/// A question that waits for a person.
package struct HeldState: Hashable, Sendable {
    package let lookup: TransactionID
    /// When the stated fallback takes effect.
    package let until: Timestamp
    /// What people at its desks have let through.
    package let approvals: [DeskApproval]
    /// Whether it waits no longer, and is kept because what the desks let through must hold to its end.
    package let isDecided: Bool

    package init(
        lookup: TransactionID, until: Timestamp, approvals: [DeskApproval] = [],
        isDecided: Bool = false
    ) {
        self.lookup = lookup
        self.until = until
        self.approvals = approvals
        self.isDecided = isDecided
    }
}

/// Mail for a session.
package struct Mail: Sendable {
    package let session: SessionID
    /// The number in the session.
    package let sequence: UInt64
    package let bytes: [UInt8]

    package init(session: SessionID, sequence: UInt64, bytes: [UInt8]) {
        self.session = session
        self.sequence = sequence
        self.bytes = bytes
    }
}

/// A session's counters, as they are to be on disk.
package struct SessionState: Hashable, Sendable {
    package let id: SessionID
    package let link: String
    package let name: String
    /// The highest number received from the link.
    package let received: UInt64
    /// The highest number given to mail for the link.
    package let sent: UInt64
    /// The highest number of that mail which the link has acknowledged.
    package let delivered: UInt64

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
