public import ComityMessages

/// One agency: who asks.
public struct Agency: Hashable, Sendable {
    /// Its identifier.
    public let ori: ORI
    /// Its name, as the source writes it.
    public let name: String
    /// What kind of body it is.
    public let kind: AgencyKind
    /// The member that it belongs to, by the canonical code (`NE` for Nebraska, whose IDs begin with `NB`).
    public let member: MemberCode
    /// Its own place in the tree of families; `nil` for agencies outside the tree. Families that it is only
    /// tied to are affiliations, see `Directory.affiliations(of:at:)`.
    public let family: FamilyPath?
    /// Whether it is made up. The IDs of made-up agencies, and only those, begin with `DX`.
    public let isInvented: Bool

    /// The first two characters of every made-up agency ID; no state uses them.
    public static let inventedPrefix = MemberCode("DX")!

    init(ori: ORI, name: String, kind: AgencyKind, member: MemberCode, family: FamilyPath?) {
        self.ori = ori
        self.name = name
        self.kind = kind
        self.member = member
        self.family = family
        isInvented = ori.prefix == Self.inventedPrefix
    }
}
