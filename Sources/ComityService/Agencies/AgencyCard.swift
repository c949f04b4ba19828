package import ComityDirectory
package import ComityMessages

/// What the directory says of one agency, for a reader.
package struct AgencyCard: Hashable, Sendable, Encodable {
    /// A dated tie to another family.
    package struct Tie: Hashable, Sendable, Encodable {
        package let family: String
        package let familyName: String?
        /// The first day in force.
        package let from: String
        /// The last day in force; `nil` while no end is known.
        package let until: String?
        package let basis: String
        package let inForce: Bool
    }

    package let id: String
    package let name: String
    package let kind: String
    package let member: String
    package let memberName: String?
    package let family: String?
    /// The names of the families from the root down.
    package let familyNames: [String]
    package let affiliations: [Tie]
    package let madeUp: Bool
    package let directoryVersion: String
    /// SHA-256 of the directory, in hexadecimal.
    package let directoryHash: String

    /// - Parameter day: the day on which affiliations count as in force or not.
    package init(_ agency: Agency, in directory: Directory, on day: Day) {
        id = agency.ori.description
        name = agency.name
        kind = agency.kind.rawValue
        member = agency.member.description
        memberName = directory.name(of: agency.member)
        family = agency.family?.description
        familyNames = agency.family.map { directory.names(downTo: $0) } ?? []
        affiliations = directory.affiliations.filter { $0.ori == agency.ori }.map { tie in
            Tie(
                family: tie.family.description, familyName: directory.family(tie.family)?.name,
                from: tie.from.description, until: tie.until?.description, basis: tie.basis,
                inForce: tie.isInForce(on: day))
        }
        madeUp = agency.isInvented
        directoryVersion = directory.version
        directoryHash = directory.hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Directory {
    /// One agency; throws what to try if it is not known.
    package func card(of ori: ORI, on day: Day) throws(ServiceError) -> AgencyCard {
        guard let agency = agency(ori) else {
            throw ServiceError(
                "agency-unknown", "the directory (version \(version)) has no agency `\(ori)`",
                next: "look for it by words of its name: `comity agency find`")
        }
        return AgencyCard(agency, in: self, on: day)
    }

    /// The names of a family and of all above it, the root first.
    func names(downTo path: FamilyPath) -> [String] {
        var names: [String] = []
        var next: FamilyPath? = path
        while let here = next {
            names.append(family(here)?.name ?? here.description)
            next = here.parent
        }
        return names.reversed()
    }
}
