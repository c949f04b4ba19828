import ComityExchange
import ComityLedger
package import ComityMessages
package import ComityPolicy
package import ComityStore

/// Who looked a licence number up: what an owner can tell its resident.
package struct LookupsOf: Hashable, Sendable, Encodable {
    /// One look-up that asked by the number.
    package struct Found: Hashable, Sendable, Encodable {
        package let reference: String
        package let asked: Timestamp
        package let agency: String
        /// The agency on whose behalf it asked; `nil` for itself.
        package let onBehalfOf: String?
        package let key: String
        /// The reason as it was stated; `nil` if none was.
        package let reason: String?
        /// What became of it; `nil` while it is under way.
        package let outcome: Outcome?
        package let ledger: String
        package let position: UInt64
    }

    package let owner: String
    package let lookups: [Found]
    /// What is not in it, in words that are the same whatever is there.
    package let notShown: String

    /// - Parameters:
    ///   - questions: what the index says.
    ///   - number: as it is compared.
    ///   - delay: what is not told yet.
    package init(
        _ questions: [Int64], number: String, opener: inout OwnerKeys, delay: Delay, at now: Timestamp,
        tables: CodeTables, taxonomy: Taxonomy, views: some LookupViews, store: some EntrySource
    ) throws {
        var found: [Found] = []
        for id in questions {
            guard let row = try store.entries(after: id - 1, limit: 1).first, row.id == id,
                let sealed = row.body,
                case .question(let question) = try LedgerEntry(decoding: row.bytes),
                try LicenceIndex.numbers(sealed, question, &opener, tables: tables, store: store)
                    .contains(number)
            else { continue }
            let facts = FactVector(
                codes: question.facts.map(FactCode.init), owner: opener.owner, taxonomy: taxonomy)
            let asked = Timestamp(milliseconds: Int64(clamping: question.time))
            if delay.withholds(facts, asked: asked, at: now, taxonomy: taxonomy) { continue }
            let recorded = try RecordedLookup.find(
                Reference(question.transaction), views: views, store: store
            ).first { $0.question.transaction == question.transaction }
            found.append(
                Found(
                    reference: Reference(question.transaction).description, asked: asked,
                    agency: question.agency, onBehalfOf: Self.behalf(facts), key: question.key,
                    reason: Self.reason(facts, taxonomy), outcome: recorded?.outcome,
                    ledger: question.ledger.description, position: row.position))
        }
        owner = opener.owner.description
        lookups = found
        notShown = Self.words(delay)
    }

    /// The same with and without anything withheld.
    package static func words(_ delay: Delay) -> String {
        "Not shown, if there are any: look-ups that asked by name, plate or vehicle number; look-ups whose envelope was "
            + "erased; and, for \(delay.days) days, look-ups of a declared sealed investigation."
    }

    private static func behalf(_ facts: FactVector?) -> String? {
        guard case .agency(let other) = facts?.onBehalf else { return nil }
        return other.ori.description
    }

    private static func reason(_ facts: FactVector?, _ taxonomy: Taxonomy) -> String? {
        guard let facts, let place = taxonomy.position(ofFact: "reason"),
            let index = facts.value(at: place).index, index < taxonomy.facts[place].values.count
        else { return nil }
        return taxonomy.facts[place].values[index].words
    }
}
