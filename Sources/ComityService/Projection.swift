import ComityDirectory
import ComityExchange
package import ComityLedger
package import ComityMessages
package import ComityPolicy
package import ComityStore

/// What an entry means for the read models. A pure function of the entry and the taxonomy that it names.
package struct Projection: Sendable {
    private let taxonomy: Taxonomy

    package init(taxonomy: Taxonomy) { self.taxonomy = taxonomy }

    /// Brings read models up to date with a store.
    ///
    /// - Parameter observe: told every entry that is new, with the facts of a question if they can be read.
    package func catchUp(
        _ views: some LookupViews, from store: some EntrySource, step: Int = 2000,
        observe: (LedgerEntry, FactVector?) -> Void = { _, _ in }
    ) throws {
        var cursor = try views.cursor()
        while true {
            let rows = try store.entries(after: cursor, limit: step)
            guard let last = rows.last else { return }
            try views.apply(rows.compactMap { try change($0, observe: observe) }, through: last.id)
            cursor = last.id
            if rows.count < step { return }
        }
    }

    /// The change that one entry makes; `nil` if it is no look-up's.
    package func change(
        _ row: EntryRow, observe: (LedgerEntry, FactVector?) -> Void = { _, _ in }
    ) throws -> ViewChange? {
        let entry = try LedgerEntry(decoding: row.bytes)
        let facts = facts(of: entry)
        observe(entry, facts)
        return switch entry {
        case .question(let entry): .asked(asked(entry, facts, row))
        case .closing(let entry): .ended(ended(entry, row))
        case .review(let entry):
            .reviewed(reference: Reference(entry.transaction).bits, entry: row.id)
        default: nil
        }
    }

    private func facts(of entry: LedgerEntry) -> FactVector? {
        guard case .question(let question) = entry else { return nil }
        return question.ledger.owner.flatMap { MemberCode($0) }.flatMap { owner in
            FactVector(codes: question.facts.map(FactCode.init), owner: owner, taxonomy: taxonomy)
        }
    }

    private func asked(_ entry: QuestionEntry, _ facts: FactVector?, _ row: EntryRow) -> LookupRow {
        let owner = entry.ledger.owner ?? ""
        let requester = facts?.requester
        var behalf = ""
        if case .agency(let other) = facts?.onBehalf { behalf = other.ori.description }
        return LookupRow(
            question: row.id, transaction: entry.transaction.bytes, owner: owner,
            asked: Timestamp(milliseconds: Int64(clamping: entry.time)), agency: entry.agency,
            family: requester?.family.flatMap { $0 }?.description ?? "",
            ties: requester?.affiliations?.map(\.description) ?? [], behalf: behalf,
            path: facts?.word("path", taxonomy) ?? "", key: entry.key,
            request: facts?.word("request", taxonomy) ?? "",
            reason: facts?.word("reason", taxonomy) ?? "", rule: entry.deciding.first ?? "",
            outcome: entry.gate == .held ? .heldForReview : nil)
    }

    private func ended(_ entry: ClosingEntry, _ row: EntryRow) -> LookupEnd {
        LookupEnd(
            transaction: entry.transaction.bytes, outcome: entry.outcome, closing: row.id,
            given: FieldGroupSet(rawValue: entry.given), records: Int(clamping: entry.records),
            rule: entry.deciding.first ?? "")
    }
}

extension ClosingEntry {
    /// The outcome that this ending is.
    package var outcome: Outcome {
        switch ending {
        case .release: withheld == 0 ? .released : .releasedInPart
        case .refusedOnQuestion, .refusedOnAnswer, .holdExpired, .refusedByDesk: .refused
        case .noAnswer: .noAnswer
        case .passedOn: .passedOn
        }
    }
}
