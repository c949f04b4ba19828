/// Checks a ledger from its first entry to its last, trusting nothing but a recorded size and root.
///
/// Feed it the entries in order, then ask for the report. It reads no storage and keeps only what it needs: the
/// frontier of the tree and the questions that wait for their closing.
public struct LedgerAudit: Sendable {
    /// The ledger whose entries these should be.
    public let ledger: LedgerName
    /// What is wrong so far, in the order of the entries.
    public private(set) var findings: [LedgerFinding] = []
    /// Findings past this many are counted in `furtherFindings` and not kept, so that a damaged ledger cannot fill
    /// the memory.
    public static let findingsKept = 1000
    /// Seconds by which an entry may be later than the date of the seal over it: a switch whose clock is set back by no
    /// more than that goes on, with the time of the entry before.
    public static let grace: UInt64 = 60
    /// How many findings were not kept.
    public private(set) var furtherFindings: UInt64 = 0

    private var frontier = MerkleFrontier()
    private var counts = LedgerCounts()
    private var waiting: [UInt64: Waiting] = [:]
    private var lastTime: UInt64 = 0
    /// Seals whose size is still to come, the smallest last.
    private var seals: [Seal] = []

    /// What a closing must fit.
    private struct Waiting: Sendable {
        var transaction: TransactionID
        var gate: QuestionEntry.Gate
        var groups: UInt16
        /// Whether a desk has refused it.
        var isRefusedByDesk = false
    }

    public init(of ledger: LedgerName) { self.ledger = ledger }

    /// Demands that the ledger passes through the states that were sealed. To be said before the first entry.
    ///
    /// - Parameter seals: of this ledger, read with its key.
    public mutating func expect(_ seals: some Sequence<Seal>) {
        self.seals = (self.seals + seals.filter { $0.size > 0 }).sorted { $0.size > $1.size }
    }

    /// Takes the next entry, and says what it is; `nil` if it is none.
    @discardableResult
    public mutating func add(_ encoded: [UInt8]) -> LedgerEntry? {
        let position = frontier.size
        frontier.append(Merkle.leafHash(encoded))
        defer { checkSeals() }
        let entry: LedgerEntry
        do throws(EntryError) {
            entry = try LedgerEntry(decoding: encoded)
        } catch {
            find(.unreadable, at: position, detail: error.code)
            return nil
        }
        counts.count(entry)
        checkPlace(entry, at: position)
        switch entry {
        case .question(let question):
            waiting[position] = Waiting(
                transaction: question.transaction, gate: question.gate, groups: question.groups)
        case .closing(let closing): close(closing, at: position)
        case .review(let review): self.review(review, at: position)
        default: break
        }
        return entry
    }

    /// Takes a finding of somebody who sees more than the entries: whether envelopes are there, and what is in them.
    public mutating func note(_ kind: LedgerFinding.Kind, at position: UInt64, detail: String? = nil) {
        find(kind, at: position, detail: detail)
    }

    /// The result so far.
    ///
    /// - Parameters:
    ///   - size: the number of entries that was recorded elsewhere, in a seal or an export; `nil` if none was.
    ///   - root: the root that was recorded with it.
    public func report(size: UInt64? = nil, root: LedgerHash? = nil) -> Report {
        var counts = counts
        counts.unfinished = UInt64(waiting.count)
        let found = frontier.root
        var whole: [LedgerFinding] = []
        if let size, size != frontier.size {
            whole.append(
                LedgerFinding(.otherSize, at: nil, detail: "\(frontier.size) entries, recorded \(size)"))
        }
        for seal in seals.reversed() {
            whole.append(
                LedgerFinding(.cutOff, at: nil, detail: "\(frontier.size) entries, sealed \(seal.size)"))
        }
        if let root, root != found { whole.append(LedgerFinding(.otherRoot, at: nil)) }
        return Report(
            ledger: ledger, size: frontier.size, root: found, counts: counts, findings: findings + whole,
            furtherFindings: furtherFindings)
    }

    /// What an audit says.
    public struct Report: Hashable, Sendable {
        public let ledger: LedgerName
        public let size: UInt64
        public let root: LedgerHash
        public let counts: LedgerCounts
        public let findings: [LedgerFinding]
        public let furtherFindings: UInt64

        /// Whether nothing was found.
        public var isSound: Bool { findings.isEmpty && furtherFindings == 0 }
    }

    private mutating func find(_ kind: LedgerFinding.Kind, at position: UInt64, detail: String? = nil) {
        if findings.count < Self.findingsKept {
            findings.append(LedgerFinding(kind, at: position, detail: detail))
        } else {
            furtherFindings += 1
        }
    }

    private mutating func checkSeals() {
        while let seal = seals.last, seal.size == frontier.size {
            seals.removeLast()
            if seal.root != frontier.root { find(.notAsSealed, at: seal.size - 1) }
            if let time = seal.time, lastTime / 1000 > time &+ Self.grace {
                find(.laterThanSealed, at: seal.size - 1)
            }
        }
    }

    private mutating func checkPlace(_ entry: LedgerEntry, at position: UInt64) {
        if entry.ledger != ledger { find(.otherLedger, at: position) }
        if position == 0, entry.kind != .open { find(.notOpened, at: position) }
        if position > 0, entry.kind == .open { find(.openedAgain, at: position) }
        if !Self.belongs(entry.kind, in: ledger.kind) { find(.misplaced, at: position) }
        if entry.time < lastTime { find(.timeGoesBack, at: position) }
        lastTime = max(lastTime, entry.time)
    }

    private static func belongs(_ kind: LedgerEntry.Kind, in ledger: LedgerName.Kind) -> Bool {
        switch (kind, ledger) {
        case (.open, _), (.gap, _), (.access, _): true
        case (.question, .lane), (.closing, .lane), (.review, .lane): true
        case (.policy, .control), (.directory, .control): true
        case (.message, .operations): true
        case (.erase, .lane), (.erase, .control): true
        default: false
        }
    }

    /// A desk decides only what is held and not closed, and lets through no more than the judgement.
    private mutating func review(_ review: ReviewEntry, at position: UInt64) {
        if let other = review.questionLedger, other != ledger { return }
        guard let question = waiting[review.question] else { return find(.noSuchQuestion, at: position) }
        guard question.transaction == review.transaction else {
            return find(.otherTransaction, at: position)
        }
        if review.groups & ~question.groups != 0 { find(.moreThanJudged, at: position) }
        waiting[review.question]?.isRefusedByDesk = review.decision == .refuse
    }

    private mutating func close(_ closing: ClosingEntry, at position: UInt64) {
        if let other = closing.questionLedger, other != ledger { return }
        guard let question = waiting[closing.question] else { return find(.noSuchQuestion, at: position) }
        guard question.transaction == closing.transaction else {
            return find(.otherTransaction, at: position)
        }
        waiting[closing.question] = nil
        if closing.given & ~question.groups != 0 { find(.moreThanJudged, at: position) }
        if !Self.fits(closing, question.gate)
            || (closing.ending == .refusedByDesk) != question.isRefusedByDesk
        {
            find(.endingDoesNotFit, at: position)
        }
    }

    /// Only a look-up that was refused on its question may end so, and it ends in no other way. Nothing is given
    /// unless it is released.
    private static func fits(_ closing: ClosingEntry, _ gate: QuestionEntry.Gate) -> Bool {
        if (closing.ending == .refusedOnQuestion) != (gate == .refused) { return false }
        return closing.ending == .release || (closing.given == 0 && closing.records == 0)
    }
}
