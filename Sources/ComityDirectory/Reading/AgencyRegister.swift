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
        let federal = try FederalFile(csv: federal, members: members, tree: tree)
        var rows = try Self.realAgencies(real, members: members, places: federal.places)
        rows.sort { $0.agency.ori == $1.agency.ori ? $0.line < $1.line : $0.agency.ori < $1.agency.ori }
        for (row, next) in zip(rows, rows.dropFirst()) where row.agency.ori == next.agency.ori {
            throw DirectoryError(
                file: Self.file, line: next.line, why: "agency `\(next.agency.ori)` stands twice",
                next: "remove one of the rows")
        }
        var agencies = rows.map(\.agency)
        agencies.append(contentsOf: federal.madeUp)
        agencies.sort { $0.ori < $1.ori }
        var index = [ORI: Int](minimumCapacity: agencies.count)
        for (position, agency) in agencies.enumerated() { index[agency.ori] = position }
        let unknown = federal.places.filter { index[$0.key] == nil }.map(\.value.unknown)
        if let first = unknown.min(by: { $0.line < $1.line }) { throw first }
        self.agencies = agencies
        self.index = index
    }

    func agency(_ ori: ORI) -> Agency? { index[ori].map { agencies[$0] } }

    func contains(_ ori: ORI) -> Bool { index[ori] != nil }

    private static let file = "agencies.csv"

    private struct Row {
        var agency: Agency
        var line: Int
    }

    private static func realAgencies(
        _ csv: [UInt8], members: MemberNames, places: [ORI: FederalFile.Place]
    ) throws(DirectoryError) -> [Row] {
        var table = try Table(file: file, bytes: csv, columns: ["ori", "agency_name", "agency_type"])
        var rows: [Row] = []
        rows.reserveCapacity(csv.count / 48)
        while try table.next() {
            let ori = try table.ori(0)
            guard let member = members.canonical(prefix: ori.prefix), ori.prefix != Agency.inventedPrefix
            else {
                throw table.error(
                    "no state's agency IDs begin with `\(ori.prefix)`",
                    "correct the ID or add the state to `states.csv`")
            }
            let type = try table.text(2)
            guard let kind = AgencyKind(sourceType: type) else {
                throw table.error(
                    "agency type `\(type)` is not known", "use one of the types in the README of the data")
            }
            let place = places[ori]
            if let place, kind != .federal { throw place.notFederal }
            let name = try table.text(1)
            let agency = Agency(
                ori: ori, name: name.isEmpty ? "(no name in the source)" : name, kind: kind, member: member,
                family: place?.family)
            rows.append(Row(agency: agency, line: table.line))
        }
        return rows
    }
}
