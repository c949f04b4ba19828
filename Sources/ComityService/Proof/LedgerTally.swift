package import ComityDirectory
import ComityExchange
import ComityLedger
import ComityMessages
package import ComityPolicy

/// How often somebody looked at an owner's records, and what came of it: counted from the ledger entries alone.
package struct LedgerTally: Sendable {
    /// What was asked and what came of it. The sum of all but `asked` is `asked`.
    package struct Column: Hashable, Sendable, Encodable {
        package private(set) var asked = 0
        package private(set) var released = 0
        package private(set) var inPart = 0
        package private(set) var refused = 0
        package private(set) var held = 0
        package private(set) var noAnswer = 0
        package private(set) var passedOn = 0
        package private(set) var underWay = 0

        fileprivate mutating func add(_ outcome: Outcome?) {
            asked += 1
            switch outcome {
            case .released: released += 1
            case .releasedInPart: inPart += 1
            case .refused: refused += 1
            case .heldForReview: held += 1
            case .noAnswer: noAnswer += 1
            case .passedOn: passedOn += 1
            case nil: underWay += 1
            }
        }
    }

    /// By agencies of the family itself; by everybody if no family was named.
    package private(set) var own = Column()
    /// By agencies that are tied to the family and not of it.
    package private(set) var affiliated = Column()
    /// By others on behalf of an agency of the family.
    package private(set) var onBehalf = Column()
    package private(set) var total = Column()
    /// Look-ups whose recorded facts do not fit the taxonomy that is here; counted nowhere above.
    package private(set) var unreadable = 0
    /// The versions of the directory that the entries name, by their hashes: who belonged where.
    package var directories: [String] { named.map(\.description).sorted() }

    /// How it was counted, for whoever must vouch for the number.
    package static let rule =
        "Each look-up whose question was recorded in the period counts once: as own if the directory version that its entry "
        + "names put the asking agency into the family or one below it; else as affiliated if it was tied to it at the time; "
        + "else as on behalf if it asked for an agency of the family. What came of it is what the ledger says up to the second seal."

    private let family: FamilyPath?
    private let taxonomy: Taxonomy
    private var named: Set<LedgerHash> = []

    /// - Parameter family: `nil` counts everybody as own.
    package init(family: FamilyPath?, taxonomy: Taxonomy) {
        self.family = family
        self.taxonomy = taxonomy
    }

    /// Counts a look-up.
    package mutating func add(_ lookup: RecordedLookup) {
        let entry = lookup.question
        guard let owner = entry.ledger.owner.flatMap({ MemberCode($0) }),
            let facts = FactVector(codes: entry.facts.map(FactCode.init), owner: owner, taxonomy: taxonomy)
        else {
            unreadable += 1
            return
        }
        switch Self.column(facts, family) {
        case .own: own.add(lookup.outcome)
        case .affiliated: affiliated.add(lookup.outcome)
        case .onBehalf: onBehalf.add(lookup.outcome)
        case nil: return
        }
        total.add(lookup.outcome)
        named.insert(entry.versions.directory)
    }

    private enum Place { case own, affiliated, onBehalf }

    private static func column(_ facts: FactVector, _ family: FamilyPath?) -> Place? {
        guard let family else { return .own }
        func isOwn(_ requester: Requester) -> Bool {
            requester.family.flatMap { $0 }?.isWithin(family) == true
        }
        if isOwn(facts.requester) { return .own }
        if facts.requester.affiliations?.contains(where: { $0.isWithin(family) }) == true {
            return .affiliated
        }
        if case .agency(let other) = facts.onBehalf, isOwn(other) { return .onBehalf }
        return nil
    }
}
