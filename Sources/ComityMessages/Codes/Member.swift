/// One row of the table of members: a state, territory, country or federal body, a service, or a region.
public struct Member: Hashable, Sendable, Decodable {
    /// The two characters under which it is addressed.
    public let code: MemberCode
    /// Its name in plain words.
    public let name: String
    /// What kind of member it is.
    public let `class`: MemberClass
    /// Other codes that mean the same member, for example `NB` for Nebraska.
    public let aliases: [MemberCode]
    /// How sure the row is.
    public let known: Certainty
    /// What is not known, or why the row is as it is.
    public let note: String?

    private enum CodingKeys: String, CodingKey {
        case code, name, `class`, aliases, known, note
    }

    public init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: CodingKeys.self)
        code = try row.decode(MemberCode.self, forKey: .code)
        name = try row.decode(String.self, forKey: .name)
        `class` = try row.decode(MemberClass.self, forKey: .class)
        aliases = try row.decodeIfPresent([MemberCode].self, forKey: .aliases) ?? []
        known = try row.decodeIfPresent(Certainty.self, forKey: .known) ?? .documented
        note = try row.decodeIfPresent(String.self, forKey: .note)
    }
}

/// The kinds of two-character address.
public enum MemberClass: String, CaseIterable, Hashable, Sendable, Codable {
    /// A state or the District of Columbia: an owner.
    case state
    case territory, country
    /// A province behind its country.
    case province
    case federal
    /// A computer that answers for nobody's residents: the directory, an index, the network itself.
    case service
    /// A group of states.
    case region
}

/// How sure a row of the code tables is.
public enum Certainty: String, Hashable, Sendable, Codable {
    /// Read in a public source.
    case documented
    /// Our own conclusion from documented facts.
    case inferred
    /// Seen, but with a meaning that nobody stated. Nothing may be built on it.
    case unknown
    /// Made up by this project, for demos and tests.
    case invented
}
