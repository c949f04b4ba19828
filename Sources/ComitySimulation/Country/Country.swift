package import ComityDirectory
package import ComityMessages
package import ComityNode

/// Who is in the small country: its owners, its agencies by state, and the links that they speak on.
package struct Country: Sendable {
    /// The owners, by code.
    package let owners: [MemberCode]
    /// The links: one for each state, one for each federal department, and a terminal of the switch itself.
    package let links: [NodeConfiguration.Link]
    /// How many agencies are real, by name and ID, and how many are made up.
    package let agencies: (real: Int, invented: Int)

    let directory: Directory
    /// The police of each state; real names and IDs, made-up traffic.
    let police: [MemberCode: [Agency]]
    /// The made-up federal agencies.
    let federal: [Agency]
    private let departments: [ORI: String]

    /// The link on which any agency may speak: what `comity ask` uses.
    package static let desk = "desk"
    /// The link of a hub that passes on what others ask.
    package static let hub = "HUB-WEST"

    package init(directory: Directory, tables: CodeTables) {
        self.directory = directory
        owners = tables.states
        var police: [MemberCode: [Agency]] = [:]
        var federal: [Agency] = []
        var departments: [ORI: String] = [:]
        for agency in directory.agencies {
            if agency.isInvented, agency.kind == .federal, let family = agency.family {
                federal.append(agency)
                departments[agency.ori] = family.components.prefix(2).joined(separator: "-")
            } else if !agency.isInvented, Self.isPolice(agency.kind) {
                police[agency.member, default: []].append(agency)
            }
        }
        self.police = police
        self.federal = federal
        self.departments = departments
        let invented = directory.agencies.count { $0.isInvented }
        agencies = (directory.agencies.count - invented, invented)
        let byDepartment = Dictionary(grouping: departments.keys, by: { departments[$0]! })
        links =
            tables.states.map {
                NodeConfiguration.Link(name: $0.description, members: [$0], path: "state-line")
            }
            + byDepartment.keys.sorted().map { name in
                let agencies = byDepartment[name]!.map(\.description).sorted().compactMap { ORI($0) }
                return NodeConfiguration.Link(name: name, agencies: agencies, path: "federal-line")
            }
            + [
                NodeConfiguration.Link(name: Self.hub, agencies: [Stories.relay], path: "regional-hub"),
                NodeConfiguration.Link(
                    name: Self.desk, everybody: true, sharesSessions: true, path: "terminal"),
            ]
    }

    /// The link of an agency: its department's, or else its state's.
    func link(of agency: Agency) -> String {
        agency.ori == Stories.relay ? Self.hub : departments[agency.ori] ?? agency.member.description
    }

    private static func isPolice(_ kind: AgencyKind) -> Bool {
        switch kind {
        case .city, .county, .statePolice, .campus, .tribal, .stateAgency: true
        case .federal, .other, .unclassified: false
        }
    }
}
