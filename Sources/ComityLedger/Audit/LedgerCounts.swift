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

    mutating func count(_ entry: EntryOutline) {
        if let kind = entry.kind { kinds[kind, default: 0] += 1 }
        switch entry.content {
        case .question(let question): gates[question.gate, default: 0] += 1
        case .closing(let closing):
            endings[closing.ending, default: 0] += 1
            if closing.ending == .release, closing.withheld != 0 { releasedInPart += 1 }
            if closing.isCarriedOver { carriedOver += 1 }
        case .review, .other, .unreadable: break
        }
    }
}
