package import ComityLedger
import ComityMessages
import ComityPolicy

/// One question put to one owner, from the moment it is judged until its closing is durable.
///
/// A reference, held by the machine alone: it has a dozen parts, and copying them at each event cost more than judging.
///
/// | phase | waits for | then |
/// | --- | --- | --- |
/// | recording | the question's entry to be durable | asking, held, or gone (a refused one closes in the same append) |
/// | asking | the owner's answer, until the deadline | closing |
/// | held | a person, until the hold's time | asking or closing |
/// | ended | the other answers to the same question to all states | closing |
/// | waiting | service at the owner to return, until its time to live is over | asking, held or closing |
/// | closing | the closing's entry to be durable | gone |
final class Lookup {
    let id: TransactionID
    let question: Question
    let owner: MemberCode
    let facts: FactVector
    var ruling: Ruling
    var session: SessionID
    var phase: Phase
    /// Where the question stands, once it is durable.
    var place: EntryPlace?
    /// The salt of the question's commitment; the answer's is derived from it.
    let salt: Salt
    /// Whether a person, or a hold's own fallback, has let it through: it is not held again.
    var isApproved = false
    /// What people at its desks have let through, in the order in which they did.
    var approvals: [DeskApproval] = []
    /// The switch's own control value towards an owner behind a link.
    var ownControl: ControlField?
    /// Its place in the queue, if it waits there: for service, or for room on its owner's link.
    var queued: UInt64?
    /// Whether a desk of the owner's own decides, behind the owner's own switch.
    var isHeldByOwner = false
    /// What gathers the answers, if all states were asked at once.
    let allStates: AllStates?
    /// Whether the merged answer went out without it.
    var isLate = false

    init(
        id: TransactionID, question: Question, owner: MemberCode, facts: FactVector, ruling: Ruling,
        session: SessionID, phase: Phase, place: EntryPlace?, salt: Salt, allStates: AllStates? = nil
    ) {
        self.id = id
        self.question = question
        self.owner = owner
        self.facts = facts
        self.ruling = ruling
        self.session = session
        self.phase = phase
        self.place = place
        self.salt = salt
        self.allStates = allStates
    }

    enum Phase {
        case recording
        case asking(until: Timestamp)
        case held(until: Timestamp, fallback: Hold.Fallback)
        case waiting(until: Timestamp)
        case ended
        case closing
    }
}

/// Where an entry stands.
package struct EntryPlace: Hashable, Sendable {
    package let ledger: LedgerName
    package let position: UInt64

    package init(ledger: LedgerName, position: UInt64) {
        self.ledger = ledger
        self.position = position
    }
}

/// The message that look-ups came from; one for all owners that it was addressed to.
final class Question: Sendable {
    let id: MessageID
    let message: Message
    let request: Request
    let bytes: [UInt8]
    let received: Timestamp
    let sequence: UInt64
    /// The key of the answers.
    let answerKey: MessageKey

    init(
        id: MessageID, message: Message, request: Request, bytes: [UInt8], received: Timestamp,
        sequence: UInt64,
        answerKey: MessageKey
    ) {
        self.id = id
        self.message = message
        self.request = request
        self.bytes = bytes
        self.received = received
        self.sequence = sequence
        self.answerKey = answerKey
    }
}
