import ComityMessages

/// Which link speaks for a member or an agency, as far as the configuration says so by name.
///
/// Where several links do, the one behind which the member's own system answers comes first, then the first by name. A link
/// on which everybody may speak is nobody's in particular.
struct RelayRoutes: Sendable {
    private var members: [MemberCode: String] = [:]
    private var agencies: [ORI: String] = [:]

    init(_ links: some Sequence<LinkPermit>) {
        let links = links.sorted { $0.name < $1.name }
        for link in links {
            for agency in link.speaksFor.agencies where agencies[agency] == nil {
                agencies[agency] = link.name
            }
            for member in link.answersFor where members[member] == nil { members[member] = link.name }
        }
        for link in links {
            for member in link.speaksFor.members where members[member] == nil { members[member] = link.name }
        }
    }

    /// - Parameter member: whose agency it is, `nil` if the directory does not know it.
    func link(to destination: Address, of member: MemberCode?) -> String? {
        if case .agency(let ori) = destination, let link = agencies[ori] { return link }
        return member.flatMap { members[$0] }
    }
}
