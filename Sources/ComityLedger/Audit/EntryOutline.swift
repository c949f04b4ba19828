/// What an audit needs of one entry: its leaf, its place and time, and what ties a closing to its question.
///
/// It is made from the entry's bytes alone, so that several threads can make outlines at once; what follows what is then
/// checked in order (`LedgerAudit.add`).
public struct EntryOutline: Hashable, Sendable {
    /// The leaf of the ledger's tree.
    public let leaf: LedgerHash
    /// Milliseconds since 1970-01-01T00:00:00Z; 0 if the entry cannot be read.
    let time: UInt64
    /// Whether it says that it stands in the ledger that is read.
    let isOfLedger: Bool
    let content: Content

    enum Content: Hashable, Sendable {
        case question(Question)
        case closing(Closing)
        case review(Review)
        case other(LedgerEntry.Kind)
        /// The code of the fault.
        case unreadable(String)
    }

    struct Question: Hashable, Sendable {
        let transaction: TransactionID
        let gate: QuestionEntry.Gate
        let groups: UInt16
    }

    struct Closing: Hashable, Sendable {
        let transaction: TransactionID
        let question: UInt64
        /// Whether its question stands in another ledger than the one that is read.
        let isElsewhere: Bool
        /// Whether it names the ledger of its question at all.
        let isCarriedOver: Bool
        let ending: ClosingEntry.Ending
        let records: UInt64
        let given: UInt16
        let withheld: UInt16
    }

    struct Review: Hashable, Sendable {
        let transaction: TransactionID
        let question: UInt64
        /// Whether its question stands in another ledger than the one that is read.
        let isElsewhere: Bool
        let groups: UInt16
        let refuses: Bool
    }

    /// The type of the entry; `nil` if it cannot be read.
    public var kind: LedgerEntry.Kind? {
        switch content {
        case .question: .question
        case .closing: .closing
        case .review: .review
        case .other(let kind): kind
        case .unreadable: nil
        }
    }

    /// - Parameters:
    ///   - encoded: the entry as it stands in the ledger.
    ///   - mark: the ledger that is read.
    public init(_ encoded: [UInt8], of mark: LedgerMark) {
        if let outline = EntrySkim.outline(of: encoded, in: mark) {
            self = outline
        } else {
            self.init(reading: encoded, of: mark.name)
        }
    }

    /// The same by way of the whole entry: the slow way, and the one that says what is wrong.
    package init(reading encoded: [UInt8], of ledger: LedgerName) {
        leaf = Merkle.leafHash(encoded)
        let entry: LedgerEntry
        do throws(EntryError) {
            entry = try LedgerEntry(decoding: encoded)
        } catch {
            (time, isOfLedger, content) = (0, true, .unreadable(error.code))
            return
        }
        time = entry.time
        isOfLedger = entry.ledger == ledger
        content =
            switch entry {
            case .question(let entry):
                .question(Question(transaction: entry.transaction, gate: entry.gate, groups: entry.groups))
            case .closing(let entry):
                .closing(
                    Closing(
                        transaction: entry.transaction, question: entry.question,
                        isElsewhere: entry.questionLedger.map { $0 != ledger } ?? false,
                        isCarriedOver: entry.questionLedger != nil, ending: entry.ending,
                        records: entry.records, given: entry.given, withheld: entry.withheld))
            case .review(let entry):
                .review(
                    Review(
                        transaction: entry.transaction, question: entry.question,
                        isElsewhere: entry.questionLedger.map { $0 != ledger } ?? false, groups: entry.groups,
                        refuses: entry.decision == .refuse))
            default: .other(entry.kind)
            }
    }

    init(leaf: LedgerHash, time: UInt64, content: Content) {
        self.leaf = leaf
        self.time = time
        isOfLedger = true
        self.content = content
    }
}

/// A ledger's name, with the bytes by which each of its entries names it.
public struct LedgerMark: Hashable, Sendable {
    public let name: LedgerName
    let bytes: [UInt8]

    public init(_ name: LedgerName) {
        self.name = name
        bytes = Array(name.description.utf8)
    }
}
