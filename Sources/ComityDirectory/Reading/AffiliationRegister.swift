import ComityMessages

/// All affiliations, past and future ones too.
struct AffiliationRegister: Sendable {
    /// In a fixed order: agency, family, first day, last day, basis.
    let all: [Affiliation]
    private let byAgency: [ORI: [Affiliation]]

    /// Reads `affiliations.csv`: `ori,family,from,until,basis`; `until` may be empty.
    init(csv: [UInt8], agencies: AgencyRegister, tree: FamilyTree) throws(DirectoryError) {
        var table = try Table(
            file: "affiliations.csv", bytes: csv, columns: ["ori", "family", "from", "until", "basis"])
        var seen: Set<Affiliation> = []
        while try table.next() {
            let ori = try table.ori(0)
            guard agencies.contains(ori) else {
                throw table.error("there is no agency `\(ori)`", "correct the ID or add the agency")
            }
            guard let family = try table.family(1, in: tree) else {
                throw table.error("`family` is empty", "fill it in")
            }
            guard let from = try table.day(2) else {
                throw table.error("`from` is empty", "give the first day on which it is in force")
            }
            let until = try table.day(3)
            if let until, until < from {
                throw table.error(
                    "the last day `\(until)` is before the first `\(from)`", "correct the dates")
            }
            let affiliation = Affiliation(
                ori: ori, family: family, from: from, until: until, basis: try table.required(4))
            guard seen.insert(affiliation).inserted else {
                throw table.error("the same affiliation stands twice", "remove one of the rows")
            }
        }
        all = seen.sorted(by: Self.precedes)
        byAgency = Dictionary(grouping: all, by: \.ori)
    }

    func inForce(_ ori: ORI, on day: Day) -> [Affiliation] {
        guard let own = byAgency[ori] else { return [] }
        return own.filter { $0.isInForce(on: day) }
    }

    private static func precedes(_ a: Affiliation, _ b: Affiliation) -> Bool {
        (a.ori, a.family, a.from, a.until?.number ?? .max, a.basis)
            < (b.ori, b.family, b.from, b.until?.number ?? .max, b.basis)
    }
}
