import ComityMessages

/// All agencies, in the order of their IDs.
struct AgencyRegister: Sendable {
    let agencies: [Agency]
    private let index: [ORI: Int]

    /// Reads `agencies.csv` (real agencies) and `federal.csv` (made-up ones, and the place of real federal ones
    /// in the tree).
    init(
        real: [UInt8], federal: [UInt8], members: MemberNames, tree: FamilyTree
    ) throws(DirectoryError) {
        var agencies = try Self.realAgencies(real, members: members)
        var index = [ORI: Int](minimumCapacity: agencies.count + 64)
        for (position, agency) in agencies.enumerated() { index[agency.ori] = position }
        try Self.read(federal, into: &agencies, index: &index, members: members, tree: tree)
        agencies.sort { $0.ori < $1.ori }
        for (position, agency) in agencies.enumerated() { index[agency.ori] = position }
        self.agencies = agencies
        self.index = index
    }

    func agency(_ ori: ORI) -> Agency? { index[ori].map { agencies[$0] } }

    func contains(_ ori: ORI) -> Bool { index[ori] != nil }

    private static func realAgencies(
        _ csv: [UInt8], members: MemberNames
    ) throws(DirectoryError) -> [Agency] {
        var table = try Table(
            file: "agencies.csv", bytes: csv, columns: ["ori", "agency_name", "agency_type"])
        var agencies: [Agency] = []
        agencies.reserveCapacity(csv.count / 48)
        var seen = Set<ORI>(minimumCapacity: csv.count / 48)
        while try table.next() {
            let ori = try table.ori(0)
            guard let member = members.canonical(prefix: ori.prefix), ori.prefix != Agency.inventedPrefix
            else {
                throw table.error(
                    "no state's agency IDs begin with `\(ori.prefix)`",
                    "correct the ID or add the state to `states.csv`")
            }
            guard let kind = AgencyKind(sourceType: try table.text(2)) else {
                throw table.error(
                    "agency type `\(try table.text(2))` is not known",
                    "use one of the types in the README of the data")
            }
            guard seen.insert(ori).inserted else {
                throw table.error("agency `\(ori)` stands twice", "remove one of the rows")
            }
            let name = try table.text(1)
            agencies.append(
                Agency(
                    ori: ori, name: name.isEmpty ? "(no name in the source)" : name, kind: kind,
                    member: member,
                    family: nil))
        }
        return agencies
    }

    private static func read(
        _ federal: [UInt8], into agencies: inout [Agency], index: inout [ORI: Int], members: MemberNames,
        tree: FamilyTree
    ) throws(DirectoryError) {
        var table = try Table(
            file: "federal.csv", bytes: federal, columns: ["ori", "name", "kind", "member", "family"])
        var seen: Set<ORI> = []
        while try table.next() {
            let ori = try table.ori(0)
            guard seen.insert(ori).inserted else {
                throw table.error("agency `\(ori)` stands twice", "remove one of the rows")
            }
            let family = try table.family(4, in: tree)
            if let position = index[ori] {
                agencies[position] = try placed(agencies[position], in: family, table)
            } else {
                index[ori] = agencies.count
                agencies.append(try madeUp(ori, family: family, members: members, table))
            }
        }
    }

    /// A real federal agency with its place in the tree.
    private static func placed(
        _ agency: Agency, in family: FamilyPath?, _ table: Table
    ) throws(DirectoryError) -> Agency {
        guard agency.kind == .federal, let family else {
            throw table.error(
                "`\(agency.ori)` is a real agency and not a federal one with a family",
                "only real federal agencies may be given a place in the tree here")
        }
        return Agency(
            ori: agency.ori, name: agency.name, kind: agency.kind, member: agency.member, family: family)
    }

    private static func madeUp(
        _ ori: ORI, family: FamilyPath?, members: MemberNames, _ table: Table
    ) throws(DirectoryError) -> Agency {
        guard ori.prefix == Agency.inventedPrefix else {
            throw table.error(
                "`\(ori)` is neither in `agencies.csv` nor marked as made up",
                "begin the IDs of made-up agencies with DX")
        }
        guard let kind = AgencyKind(rawValue: try table.required(2)) else {
            throw table.error(
                "kind `\(try table.text(2))` is not known",
                "use one of: \(AgencyKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let member = try table.member(3)
        guard members.name(member) != nil else {
            throw table.error("member `\(member)` is not known", "use a code of `states.csv`")
        }
        return Agency(ori: ori, name: try table.required(1), kind: kind, member: member, family: family)
    }
}
