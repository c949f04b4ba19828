package import ComityLedger
import ComityMessages
package import ComityPolicy

/// Counts look-ups as their entries become known, for whoever watches a switch from outside.
///
/// Everything is counted from ledger entries, and every label comes from a closed list: nothing of a message can become
/// one, whatever somebody sends.
package struct LookupMeter: Sendable {
    /// What a finished look-up counts under.
    package struct Label: Hashable, Sendable {
        /// The request kind, as the taxonomy has it.
        package let request: String
        package let outcome: String
        /// What kind of body asked.
        package let requester: String
    }

    /// How far the reasons that one kind of requester states can be used.
    package struct Reasons: Hashable, Sendable {
        package fileprivate(set) var asked = 0
        /// A stated reason of the list, and a case number.
        package fileprivate(set) var usable = 0
    }

    package private(set) var ended: [Label: Int] = [:]
    /// From a question's entry to the entry that ends it, by owner. What waited for a person is not among them.
    package private(set) var answers: [String: Histogram] = [:]
    package private(set) var reasons: [String: Reasons] = [:]
    private var open: [TransactionID: Open] = [:]

    private struct Open {
        let request: String
        let requester: String
        let time: UInt64
        let isHeld: Bool
    }

    /// For what a look-up's entries do not say, or said before this meter began.
    private static let unknown = "unknown"

    package init() {}

    /// Takes an entry.
    ///
    /// - Parameter facts: those of a question; `nil` if they do not fit the taxonomy that is here.
    package mutating func add(_ entry: LedgerEntry, facts: FactVector?, taxonomy: Taxonomy) {
        switch entry {
        case .question(let question):
            let requester = facts?.requester.kind ?? Self.unknown
            reasons[requester, default: Reasons()].asked += 1
            if let facts, facts.word("reason", taxonomy) ?? "other" != "other",
                facts.word("case-number", taxonomy) == "given"
            {
                reasons[requester]!.usable += 1
            }
            open[question.transaction] = Open(
                request: facts?.word("request", taxonomy) ?? Self.unknown, requester: requester,
                time: question.time, isHeld: question.gate == .held)
        case .closing(let closing):
            let asked = open.removeValue(forKey: closing.transaction)
            let label = Label(
                request: asked?.request ?? Self.unknown, outcome: closing.outcome.rawValue,
                requester: asked?.requester ?? Self.unknown)
            ended[label, default: 0] += 1
            guard let asked, !asked.isHeld, closing.ending != .refusedOnQuestion else { return }
            let time = closing.time > asked.time ? closing.time - asked.time : 0
            answers[closing.ledger.owner ?? "", default: .answers].add(seconds: Double(time) / 1000)
        default: break
        }
    }
}
