import ComityDirectory
import ComityMessages
import ComityPolicy

/// Resolved facts of made-up look-ups: agencies of the directory ask owners for everything there is, with every
/// stated fact and every fact of the record drawn.
struct JudgingFacts {
    let taxonomy: Taxonomy
    let directory: Directory
    let owners: [MemberCode]

    private static let at = Timestamp("2026-03-02T12:00:00Z")!

    /// One look-up of each of so many agencies, and for every three of them one of a federal or made-up agency.
    func draw(agencies count: Int, seed: UInt64) -> [FactVector] {
        var chance = Chance(seed: seed)
        let resolver = FactResolver(taxonomy: taxonomy, directory: directory)
        let agencies = directory.agencies.shuffled(using: &chance).prefix(count)
        let federal = directory.agencies.filter { $0.kind == .federal || $0.isInvented }
        var result: [FactVector] = []
        for (number, agency) in agencies.enumerated() {
            result.append(lookup(of: agency.ori, behalfOf: federal, resolver, &chance))
            if number % 3 == 0 {
                result.append(lookup(of: chance.pick(federal).ori, behalfOf: federal, resolver, &chance))
            }
        }
        return result
    }

    private func lookup(
        of ori: ORI, behalfOf others: [Agency], _ resolver: FactResolver, _ chance: inout Chance
    ) -> FactVector {
        let request = Request(
            kind: chance.pick(RequestKind.allCases), breadth: .oneRecord, photoAsked: chance.happens(200))
        let behalf: FactVector.OnBehalf =
            chance.happens(50)
            ? .agency(resolver.requester(chance.pick(others).ori, on: Self.at.day)) : .nobody
        return FactVector(
            owner: chance.pick(owners), requester: resolver.requester(ori, on: Self.at.day),
            onBehalf: behalf, values: values(&chance), asked: taxonomy.groupsAsked(by: request), at: Self.at)
    }

    private func values(_ chance: inout Chance) -> [FactValue] {
        taxonomy.facts.map { fact in
            if chance.happens(300) { return fact.ifNotStated }
            return FactValue(index: chance.below(fact.values.count))
        }
    }
}
