import ComityDirectory
import ComityMessages

/// Who asks how often, and whom.
struct Askers: Sendable {
    private let country: Country
    private let states: Weighted<MemberCode>
    /// The agencies of each part of the federal families.
    private let federal: [[Agency]]
    private let parts: Weighted<Int>
    /// In a hundred thousand messages, as many come from federal families.
    private let federalShare: Int
    private let tied: [Agency]

    /// Who sends a message.
    enum Asker: Hashable, Sendable {
        case police
        /// An agency of this part of `NationalFigures.parts`.
        case part(Int)
    }

    /// A made-up local unit with a tie to a federal family that never ends. The other tied agencies of the directory ask
    /// in the stories, or not at all: what they may see depends on the day.
    private static let tied = ["DXTASKF01"]
    private static let tiesThatEnd = ["DXUSMS200"]

    init?(_ country: Country) {
        self.country = country
        let states = Weighted(
            country.owners.filter { country.police[$0] != nil }.map { ($0, Residents.weight(of: $0)) })
        let federal = NationalFigures.parts.map { part in
            country.federal.filter {
                ($0.family.map(part.holds) ?? false) && !Self.tiesThatEnd.contains($0.ori.description)
            }
        }
        let parts = Weighted(
            NationalFigures.parts.indices.map {
                ($0, federal[$0].isEmpty ? 0 : NationalFigures.parts[$0].lookups)
            })
        guard let states, let parts else { return nil }
        self.states = states
        self.parts = parts
        self.federal = federal
        let scale = YearScale(YearScale.usual)
        let lookups = NationalFigures.parts.reduce(0) { $0 + scale.lookups(of: $1) }
        federalShare = lookups * 100_000 / scale.lookups
        tied = Self.tied.compactMap { ORI($0).flatMap(country.directory.agency) }
    }

    /// Whoever sends the next message, in the proportions of the demo at its usual scale.
    func next(_ chance: inout Chance) -> Asker {
        chance.below(100_000) < federalShare ? .part(parts.pick(&chance)) : .police
    }

    /// The parts of the federal families that have an agency here.
    var partsThatAsk: [Int] { federal.indices.filter { !federal[$0].isEmpty } }

    /// One agency of an asker.
    func agency(_ asker: Asker, _ chance: inout Chance) -> Agency {
        switch asker {
        case .part(let part): chance.pick(federal[part])
        case .police where !tied.isEmpty && chance.happens(2): chance.pick(tied)
        case .police: police(of: states.pick(&chance), &chance)
        }
    }

    /// An agency of a state. The first ones of the list ask more often, as large ones do in life.
    func police(of state: MemberCode, _ chance: inout Chance) -> Agency {
        let all = country.police[state] ?? []
        let some = chance.happens(600) ? min(all.count, 12) : all.count
        return all[chance.below(some)]
    }

    /// The owner that is asked: mostly another state, for the larger ones more often. Agencies rarely ask their own
    /// state over such a network.
    func owner(for agency: Agency, _ chance: inout Chance) -> MemberCode {
        if agency.family == nil, chance.happens(20), country.owners.contains(agency.member) {
            return agency.member
        }
        while true {
            let owner = states.pick(&chance)
            if owner != agency.member, !Stories.isToldBy(agency, owner) { return owner }
        }
    }
}
