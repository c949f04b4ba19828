/// How many entries of each type a ledger has, and how its look-ups ended.
public struct LedgerCounts: Hashable, Sendable {
    /// By type. A type that does not occur is not there.
    public var kinds: [LedgerEntry.Kind: UInt64] = [:]
    /// Questions by what their judgement said.
    public var gates: [QuestionEntry.Gate: UInt64] = [:]
    /// Closings by how the look-up ended.
    public var endings: [ClosingEntry.Ending: UInt64] = [:]
    /// Of the releases, those in which a group that was asked for was withheld.
    public var releasedInPart: UInt64 = 0
    /// Closings whose question stands in another ledger.
    public var carriedOver: UInt64 = 0
    /// Questions that have no closing yet.
    public var unfinished: UInt64 = 0

    public init() {}
}

/// Counts entries one by one. Nearly all are questions and closings: these are counted in lists, because looking one word
/// up in a dictionary takes as long as the rest of the audit of an entry.
struct LedgerTally: Sendable {
    private var gates = [UInt64](repeating: 0, count: QuestionEntry.Gate.allCases.count)
    private var endings = [UInt64](repeating: 0, count: ClosingEntry.Ending.allCases.count)
    private var others: [LedgerEntry.Kind: UInt64] = [:]
    private var releasedInPart: UInt64 = 0
    private var carriedOver: UInt64 = 0

    mutating func count(_ entry: EntryOutline) {
        switch entry.content {
        case .question(let question): gates[Int(question.gate.rawValue)] += 1
        case .closing(let closing):
            endings[Int(closing.ending.rawValue)] += 1
            if closing.ending == .release, closing.withheld != 0 { releasedInPart += 1 }
            if closing.isCarriedOver { carriedOver += 1 }
        case .review: others[.review, default: 0] += 1
        case .other(let kind): others[kind, default: 0] += 1
        case .unreadable: break
        }
    }

    /// The counts so far; of unfinished questions it knows nothing.
    var counts: LedgerCounts {
        var counts = LedgerCounts()
        counts.kinds = others
        counts.kinds[.question] = Self.sum(gates)
        counts.kinds[.closing] = Self.sum(endings)
        counts.gates = Self.named(gates, QuestionEntry.Gate.allCases)
        counts.endings = Self.named(endings, ClosingEntry.Ending.allCases)
        counts.releasedInPart = releasedInPart
        counts.carriedOver = carriedOver
        return counts
    }

    /// `nil` if there is none: what does not occur is not there.
    private static func sum(_ numbers: [UInt64]) -> UInt64? {
        let sum = numbers.reduce(0, +)
        return sum == 0 ? nil : sum
    }

    private static func named<Name: RawRepresentable<UInt8> & Hashable>(
        _ numbers: [UInt64], _ names: [Name]
    ) -> [Name: UInt64] {
        Dictionary(uniqueKeysWithValues: names.map { ($0, numbers[Int($0.rawValue)]) }).filter {
            $0.value > 0
        }
    }
}
