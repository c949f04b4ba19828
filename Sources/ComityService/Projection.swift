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
    package func catchUp(_ views: some LookupViews, from store: some EntrySource, step: Int = 2000) throws {
        var cursor = try views.cursor()
        while true {
            let rows = try store.entries(after: cursor, limit: step)
            guard let last = rows.last else { return }
            try views.apply(rows.compactMap { try change($0) }, through: last.id)
            cursor = last.id
            if rows.count < step { return }
        }
    }

    /// The change that one entry makes; `nil` if it is no look-up's.
    package func change(_ row: EntryRow) throws -> ViewChange? {
        switch try LedgerEntry(decoding: row.bytes) {
        case .question(let entry): .asked(asked(entry, row))
        case .closing(let entry): .ended(ended(entry, row))
        case .review(let entry):
            .reviewed(reference: Reference(entry.transaction).bits, entry: row.id)
        default: nil
        }
    }

    private func asked(_ entry: QuestionEntry, _ row: EntryRow) -> LookupRow {
        let owner = entry.ledger.owner ?? ""
        let facts = MemberCode(owner).flatMap { owner in
            FactVector(codes: entry.facts.map(FactCode.init), owner: owner, taxonomy: taxonomy)
        }
        let requester = facts?.requester
        var behalf = ""
        if case .agency(let other) = facts?.onBehalf { behalf = other.ori.description }
        return LookupRow(
            question: row.id, transaction: entry.transaction.bytes, owner: owner,
            asked: Timestamp(milliseconds: Int64(clamping: entry.time)), agency: entry.agency,
            family: requester?.family.flatMap { $0 }?.description ?? "",
            ties: requester?.affiliations?.map(\.description) ?? [], behalf: behalf,
            path: facts.flatMap { word("path", in: $0) } ?? "", key: entry.key,
            request: facts.flatMap { word("request", in: $0) } ?? "",
            reason: facts.flatMap { word("reason", in: $0) } ?? "", rule: entry.deciding.first ?? "",
            outcome: entry.gate == .held ? .heldForReview : nil)
    }

    private func ended(_ entry: ClosingEntry, _ row: EntryRow) -> LookupEnd {
        LookupEnd(
            transaction: entry.transaction.bytes, outcome: entry.outcome, closing: row.id,
            given: FieldGroupSet(rawValue: entry.given), records: Int(clamping: entry.records),
            rule: entry.deciding.first ?? "")
    }

    /// The stated value of a fact; `nil` if it is absent or unknown.
    private func word(_ name: String, in facts: FactVector) -> String? {
        guard let position = taxonomy.facts.firstIndex(where: { $0.name == name }),
            let index = facts.value(at: position).index
        else { return nil }
        return taxonomy.facts[position].values[index].code
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
