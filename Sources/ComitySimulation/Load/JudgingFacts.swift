import ComityDirectory
import ComityMessages
import ComityPolicy

/// Resolved facts of made-up look-ups: agencies of the directory ask owners for everything there is, with every
/// stated fact and every fact of the record drawn.
struct JudgingFacts {
    let taxonomy: Taxonomy
    let directory: Directory

    func draw(_ count: Int, seed: UInt64) -> [FactVector] {
        var chance = Chance(seed: seed)
        let resolver = FactResolver(taxonomy: taxonomy, directory: directory)
        let agencies = directory.agencies
        let federal = agencies.filter { $0.kind == .federal || $0.isInvented }
        let owners = ["WA", "NY", "TX", "OR"].compactMap { MemberCode($0) }
        let at = Timestamp("2026-03-02T12:00:00Z")!
        var seen = Set<FactVector>()
        var result: [FactVector] = []
        while result.count < count {
            let agency = chance.happens(300) ? chance.pick(federal) : chance.pick(agencies)
            let request = Request(
                kind: chance.pick(RequestKind.allCases), breadth: .oneRecord, photoAsked: chance.happens(200))
            let behalf: FactVector.OnBehalf =
                chance.happens(50)
                ? .agency(resolver.requester(chance.pick(federal).ori, on: at.day)) : .nobody
            let facts = FactVector(
                owner: chance.pick(owners), requester: resolver.requester(agency.ori, on: at.day),
                onBehalf: behalf, values: values(&chance), asked: taxonomy.groupsAsked(by: request), at: at)
            if seen.insert(facts).inserted { result.append(facts) }
        }
        return result
    }

    private func values(_ chance: inout Chance) -> [FactValue] {
        taxonomy.facts.map { fact in
            if chance.happens(300) { return fact.ifNotStated }
            return FactValue(index: chance.below(fact.values.count))
        }
    }
}
