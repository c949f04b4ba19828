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
    private var tally = LedgerTally()
    /// What closings must fit, by position.
    private var waiting: [UInt64: EntryOutline.Question] = [:]
    private var lastTime: UInt64 = 0
    /// Whether the entry that closes the ledger has come.
    public private(set) var isClosed = false
    private let mark: LedgerMark
    /// Seals whose size is still to come, the smallest last.
    private var seals: [Seal] = []

    /// The questions that a desk has refused, by position.
    private var refusedByDesk: Set<UInt64> = []

    public init(of ledger: LedgerName) {
        self.ledger = ledger
        mark = LedgerMark(ledger)
    }

    /// Demands that the ledger passes through the states that were sealed. To be said before the first entry.
    ///
    /// - Parameter seals: of this ledger, read with its key.
    public mutating func expect(_ seals: some Sequence<Seal>) {
        self.seals = (self.seals + seals.filter { $0.size > 0 }).sorted { $0.size > $1.size }
    }

    /// Takes the next entry.
    public mutating func add(_ encoded: [UInt8]) { add(EntryOutline(encoded, of: mark)) }

    /// Takes the next entry by its outline, which other threads may have made.
    public mutating func add(_ entry: EntryOutline) {
        let position = frontier.size
        frontier.append(entry.leaf)
        defer { checkSeals() }
        if case .unreadable(let code) = entry.content {
            return find(.unreadable, at: position, detail: code)
        }
        tally.count(entry)
        checkPlace(entry, at: position)
        switch entry.content {
        case .question(let question): waiting[position] = question
        case .closing(let closing): close(closing, at: position)
        case .review(let review): self.review(review, at: position)
        case .other(let kind): if kind == .close { isClosed = true }
        case .unreadable: break
        }
    }

    /// Takes a finding of somebody who sees more than the entries: whether envelopes are there, and what is in them.
    public mutating func note(_ kind: LedgerFinding.Kind, at position: UInt64, detail: String? = nil) {
        find(kind, at: position, detail: detail)
    }

    /// How far the ledger was read, and its root there.
    public var state: (size: UInt64, root: LedgerHash) { (frontier.size, frontier.root) }

    /// The result so far.
    ///
    /// - Parameters:
    ///   - size: the number of entries that was recorded elsewhere, in a seal or an export; `nil` if none was.
    ///   - root: the root that was recorded with it.
    public func report(size: UInt64? = nil, root: LedgerHash? = nil) -> Report {
        var counts = tally.counts
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

    private mutating func checkPlace(_ entry: EntryOutline, at position: UInt64) {
        let kind = entry.kind
        if !entry.isOfLedger { find(.otherLedger, at: position) }
        if position == 0, kind != .open { find(.notOpened, at: position) }
        if position > 0, kind == .open { find(.openedAgain, at: position) }
        if !Self.belongs(kind, in: ledger.kind) { find(.misplaced, at: position) }
        if isClosed, Self.endsWithTheYear(kind) { find(.afterClose, at: position) }
        if entry.time < lastTime { find(.timeGoesBack, at: position) }
        lastTime = max(lastTime, entry.time)
    }

    /// What a ledger takes no more once its close entry stands. Views and erasures of it may come for years.
    private static func endsWithTheYear(_ kind: LedgerEntry.Kind?) -> Bool {
        kind == .question || kind == .closing || kind == .review || kind == .close
    }

    private static func belongs(_ kind: LedgerEntry.Kind?, in ledger: LedgerName.Kind) -> Bool {
        switch (kind, ledger) {
        case (.open, _), (.gap, _), (.access, _): true
        case (.question, .lane), (.closing, .lane), (.review, .lane), (.close, .lane): true
        case (.policy, .control), (.directory, .control), (.service, .control), (.posting, .control): true
        case (.message, .operations), (.clock, .operations), (.relay, .operations), (.resend, .operations):
            true
        case (.erase, _): true
        default: false
        }
    }

    /// A desk decides only what is held and not closed, and lets through no more than the judgement.
    private mutating func review(_ review: EntryOutline.Review, at position: UInt64) {
        if review.isElsewhere { return }
        guard let question = waiting[review.question] else { return find(.noSuchQuestion, at: position) }
        guard question.transaction == review.transaction else {
            return find(.otherTransaction, at: position)
        }
        if review.groups & ~question.groups != 0 { find(.moreThanJudged, at: position) }
        if review.refuses { refusedByDesk.insert(review.question) }
    }

    private mutating func close(_ closing: EntryOutline.Closing, at position: UInt64) {
        if closing.isElsewhere { return }
        guard let place = waiting.index(forKey: closing.question) else {
            return find(.noSuchQuestion, at: position)
        }
        let question = waiting[place].value
        guard question.transaction == closing.transaction else {
            return find(.otherTransaction, at: position)
        }
        waiting.remove(at: place)
        if closing.given & ~question.groups != 0 { find(.moreThanJudged, at: position) }
        let isRefusedByDesk = refusedByDesk.remove(closing.question) != nil
        if !Self.fits(closing, question.gate) || (closing.ending == .refusedByDesk) != isRefusedByDesk {
            find(.endingDoesNotFit, at: position)
        }
    }

    /// Only a look-up that was refused on its question may end so, and it ends in no other way. Nothing is given
    /// unless it is released.
    private static func fits(_ closing: EntryOutline.Closing, _ gate: QuestionEntry.Gate) -> Bool {
        if (closing.ending == .refusedOnQuestion) != (gate == .refused) { return false }
        return closing.ending == .release || (closing.given == 0 && closing.records == 0)
    }
}
