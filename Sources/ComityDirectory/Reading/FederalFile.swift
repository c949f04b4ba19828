import ComityMessages

/// What `federal.csv` says: made-up agencies, and where real federal agencies stand in the tree of families.
struct FederalFile {
    /// The place of a real federal agency, with the errors to report if there is no such agency.
    struct Place {
        var family: FamilyPath
        var unknown: DirectoryError
        var notFederal: DirectoryError
    }

    let madeUp: [Agency]
    let places: [ORI: Place]

    /// Reads `ori,name,kind,member,family`. Rows whose ID begins with `DX` are made-up agencies; others give only
    /// the family of a real one.
    init(csv: [UInt8], members: MemberNames, tree: FamilyTree) throws(DirectoryError) {
        var table = try Table(
            file: "federal.csv", bytes: csv, columns: ["ori", "name", "kind", "member", "family"])
        var madeUp: [ORI: Agency] = [:]
        var places: [ORI: Place] = [:]
        while try table.next() {
            let ori = try table.ori(0)
            let family = try table.family(4, in: tree)
            let earlier =
                if ori.prefix == Agency.inventedPrefix {
                    madeUp.updateValue(try Self.agency(ori, family, members, table), forKey: ori) != nil
                } else {
                    places.updateValue(try Self.place(ori, family, table), forKey: ori) != nil
                }
            if earlier { throw table.error("agency `\(ori)` stands twice", "remove one of the rows") }
        }
        self.madeUp = Array(madeUp.values)
        self.places = places
    }

    private static func place(
        _ ori: ORI, _ family: FamilyPath?, _ table: Table
    ) throws(DirectoryError) -> Place {
        let unknown = table.error(
            "`\(ori)` is neither in `agencies.csv` nor marked as made up",
            "begin the IDs of made-up agencies with DX")
        let notFederal = table.error(
            "`\(ori)` is a real agency and not a federal one with a family",
            "only real federal agencies may be given a place in the tree here")
        guard let family else { throw notFederal }
        return Place(family: family, unknown: unknown, notFederal: notFederal)
    }

    private static func agency(
        _ ori: ORI, _ family: FamilyPath?, _ members: MemberNames, _ table: Table
    ) throws(DirectoryError) -> Agency {
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
