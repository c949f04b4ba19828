import ComityDirectory
import ComityMessages

/// Who asks how often.
///
/// In life federal agencies are a small part of all traffic: ICE and HSI together asked 897,220 times in the year
/// to October 2025, of more than 290 million (a letter of members of Congress, 2025), HSI twice as often as ICE;
/// no number for the others is public. Here every seventh message is a federal one, so that a small country has
/// enough of them to look at. Whoever shows the numbers says so.
struct Askers: Sendable {
    private let country: Country
    private let states: Weighted<MemberCode>
    private let federal: Weighted<[Agency]>
    private let deputised: [Agency]

    /// Parts of a family among the federal messages, in a hundred.
    private static let parts: [(family: String, weight: Int)] = [
        ("US.DHS.ICE.HSI", 28), ("US.DHS.ICE.ERO", 14), ("US.DHS.CBP.OFO", 14), ("US.DHS.CBP.USBP", 11),
        ("US.DOJ.DEA", 8), ("US.DOJ.FBI", 8), ("US.DOJ.USMS", 5), ("US.DOJ.ATF", 3), ("US.DHS.USSS", 2),
        ("US.USPS", 2), ("US.DOI", 2), ("US.DHS.TSA", 1), ("US.DHS.USCIS", 1), ("US.TREAS", 1),
    ]

    /// Made-up local units with ties to federal families that never end: what they may see does not depend on the
    /// day on which the simulation runs. The other tied agencies of the directory do not ask here.
    private static let tied = ["DXSHERIF1", "DXTASKF01"]
    private static let tiesThatEnd = ["DXUSMS200"]

    init?(_ country: Country) {
        self.country = country
        let states = Weighted(
            country.owners.filter { country.police[$0] != nil }.map { ($0, Residents.weight(of: $0)) })
        let federal = Weighted(
            Self.parts.compactMap { part -> (value: [Agency], weight: Int)? in
                guard let family = FamilyPath(part.family) else { return nil }
                let members = country.federal.filter {
                    $0.family?.isWithin(family) == true && !Self.tiesThatEnd.contains($0.ori.description)
                }
                return members.isEmpty ? nil : (members, part.weight)
            })
        guard let states, let federal else { return nil }
        self.states = states
        self.federal = federal
        deputised = Self.tied.compactMap { ORI($0).flatMap(country.directory.agency) }
    }

    /// The agency that sends the next message.
    func next(_ chance: inout Chance) -> Agency {
        if chance.happens(145) { return chance.pick(federal.pick(&chance)) }
        if chance.happens(7), !deputised.isEmpty { return chance.pick(deputised) }
        return police(of: states.pick(&chance), &chance)
    }

    /// An agency of a state. The first ones of the list ask more often, as large ones do in life.
    func police(of state: MemberCode, _ chance: inout Chance) -> Agency {
        let all = country.police[state] ?? []
        let some = chance.happens(600) ? min(all.count, 12) : all.count
        return all[chance.below(some)]
    }

    /// The owner that is asked: mostly another state, for the larger ones more often.
    func owner(for agency: Agency, _ chance: inout Chance) -> MemberCode {
        if agency.family == nil, chance.happens(120), country.owners.contains(agency.member) {
            return agency.member
        }
        return states.pick(&chance)
    }
}
