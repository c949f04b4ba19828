import ComityExchange
import ComityMessages

/// Switches that are joined: owners behind their own gateway, and the uplink of a gateway.
extension NodeConfiguration {
    static let uplinkKeys = ["name", "link", "host", "port", "secretFile", "path", "members", "speakers"]

    func checkGateways(file: String) throws(ConfigurationError) {
        for owner in owners ?? [] where owner.gateway == true && owner.link == nil {
            throw .wrongValue(
                file: file,
                why: "owner `\(owner.code)` is a gateway, so it needs the `link` behind which its switch is")
        }
        guard let uplink else { return }
        guard let owners else {
            throw .wrongValue(
                file: file,
                why:
                    "with an `uplink`, `owners` must say who is served here; everybody else is asked through it"
            )
        }
        if uplink.name.isEmpty || uplink.name.contains("/")
            || links.contains(where: { $0.name == uplink.name })
        {
            throw .wrongValue(
                file: file,
                why: "`uplink.name` is a word without a slash that no link has, but is `\(uplink.name)`")
        }
        guard (1...65_535).contains(uplink.port) else {
            throw .wrongValue(file: file, why: "`uplink.port` must be 1 to 65,535, but is \(uplink.port)")
        }
        for member in uplink.members ?? [] where owners.contains(where: { $0.code == member }) {
            throw .wrongValue(
                file: file,
                why: "`\(member)` is an owner here, so it cannot be among `uplink.members` as well")
        }
    }

    /// What the other switch may do: answer for those who are asked through it, and ask for its agencies.
    func uplinkPermit(
        _ uplink: Uplink, besides owners: Set<MemberCode>, tables: CodeTables
    ) -> LinkPermit {
        let members = uplink.members.map { $0.map(tables.canonical) } ?? Array(tables.states)
        return LinkPermit(
            name: uplink.name,
            speaksFor: Speakers(
                everybody: uplink.speakers == nil, members: Set((uplink.speakers ?? []).map(tables.canonical))
            ),
            path: uplink.path ?? "hub", answersFor: Set(members).subtracting(owners))
    }
}

extension NodeConfiguration.Uplink {
    private enum Key: String, CodingKey { case name, link, host, port, secretFile, path, members, speakers }

    /// What has a default may be left out.
    package init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        self.init(
            name: try object.decode(String.self, forKey: .name),
            link: try object.decodeIfPresent(String.self, forKey: .link),
            host: try object.decodeIfPresent(String.self, forKey: .host) ?? "127.0.0.1",
            port: try object.decode(Int.self, forKey: .port),
            secretFile: try object.decode(String.self, forKey: .secretFile),
            path: try object.decodeIfPresent(String.self, forKey: .path),
            members: try object.decodeIfPresent([MemberCode].self, forKey: .members),
            speakers: try object.decodeIfPresent([MemberCode].self, forKey: .speakers))
    }
}
