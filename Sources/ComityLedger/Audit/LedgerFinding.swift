/// Something wrong with a ledger, at one place.
public struct LedgerFinding: Hashable, Sendable {
    /// What is wrong. The raw value is stable.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// The bytes are not an entry; `detail` is the code of the fault.
        case unreadable
        /// The entry says that it belongs to another ledger.
        case otherLedger = "other-ledger"
        /// The first entry does not open the ledger.
        case notOpened = "not-opened"
        /// The ledger is opened a second time.
        case openedAgain = "opened-again"
        /// A question, a closing or a second close stands behind the entry that closed the ledger.
        case afterClose = "after-close"
        /// The entry is of a type that has no place in this kind of ledger.
        case misplaced
        /// The time is earlier than that of the entry before.
        case timeGoesBack = "time-goes-back"
        /// The closing names a position at which no question is waiting: none was there, or it is closed already.
        case noSuchQuestion = "no-such-question"
        /// The closing names the question of another look-up.
        case otherTransaction = "other-transaction"
        /// The closing gives field groups that the question's judgement did not let through.
        case moreThanJudged = "more-than-judged"
        /// The ending does not fit the judgement of the question: a refused one that was released, for example.
        case endingDoesNotFit = "ending-does-not-fit"
        /// There are more or fewer entries than recorded.
        case otherSize = "other-size"
        /// The root of the entries is not the one that was recorded.
        case otherRoot = "other-root"
        /// There are fewer entries than were sealed: the ledger was cut off, or an old copy was put back.
        case cutOff = "cut-off"
        /// The entries up to here do not have the root that was sealed at this size: two histories.
        case notAsSealed = "not-as-sealed"
        /// The entry is later than the date of the seal over it: a clock was moved.
        case laterThanSealed = "later-than-sealed"
        /// The envelope of the entry is gone, and no entry says that it was erased.
        case envelopeMissing = "envelope-missing"
        /// An entry says that envelopes were erased, and one of them is still there.
        case envelopeNotErased = "envelope-not-erased"
        /// The envelope does not open at its place, or what is in it is not what the entry is tied to: it was changed,
        /// or put in the place of another.
        case envelopeChanged = "envelope-changed"
        /// The entry of an erasure has no counterpart in the control ledger, where erasures are public.
        case eraseNotPublic = "erase-not-public"
        /// The control ledger tells of an erasure that the ledger itself does not.
        case eraseNotRecorded = "erase-not-recorded"
    }

    /// The entry, counted from 0; `nil` if it is the whole.
    public let position: UInt64?
    /// What is wrong.
    public let kind: Kind
    /// More about it; never a value of the entry.
    public let detail: String?

    init(_ kind: Kind, at position: UInt64?, detail: String? = nil) {
        self.position = position
        self.kind = kind
        self.detail = detail
    }
}

extension LedgerFinding: CustomStringConvertible {
    /// `entry 17: no-such-question`.
    public var description: String {
        (position.map { "entry \($0)" } ?? "the ledger") + ": \(kind.rawValue)"
            + (detail.map { " (\($0))" } ?? "")
    }
}
