public import ComityDirectory
public import ComityMessages

/// Who asks, as the directory knew it at the time: the facts that rules test, and no more.
///
/// Each fact is `nil` while unknown. For an agency that the directory does not know, all are.
public struct Requester: Hashable, Sendable {
    /// The agency ID as stated.
    public let ori: ORI
    /// Whether the directory knows the agency; if not, every fact below is unknown.
    public let isKnown: Bool
    /// The kind of agency, as a word of the taxonomy.
    public let kind: String?
    /// The member that it belongs to.
    public let state: MemberCode?
    /// Its own family; `.some(nil)` is an agency known to stand outside the tree.
    public let family: FamilyPath??
    /// The families it is tied to; `nil` while unknown, empty when there are none.
    public let affiliations: [FamilyPath]?
    /// The country of its member, as two capitals.
    public let country: String?
    /// What it signed and what became of it; `nil` while unknown, empty when it never signed anything.
    public let certifications: [CertificationState]?

    /// The place of the kind in the taxonomy.
    let kindCode: UInt8?
    let stateNumber: UInt16?
    let idBytes: IDBytes
    let ownLine: [FamilyMark]
    let tiedLine: [FamilyMark]

    /// All facts of a known agency.
    public init(
        ori: ORI, kind: String?, state: MemberCode?, family: FamilyPath??, affiliations: [FamilyPath]?,
        country: String?, certifications: [CertificationState]?, taxonomy: Taxonomy
    ) {
        self.init(
            ori: ori, isKnown: true, kind: kind, state: state, family: family, affiliations: affiliations,
            country: country, certifications: certifications,
            kindCode: kind.flatMap { taxonomy.kinds.firstIndex(of: $0) }.map { UInt8(truncatingIfNeeded: $0) }
        )
    }

    /// An agency that the directory does not know.
    public init(unknown ori: ORI) {
        self.init(
            ori: ori, isKnown: false, kind: nil, state: nil, family: nil, affiliations: nil, country: nil,
            certifications: nil, kindCode: nil)
    }

    private init(
        ori: ORI, isKnown: Bool, kind: String?, state: MemberCode?, family: FamilyPath??,
        affiliations: [FamilyPath]?, country: String?, certifications: [CertificationState]?,
        kindCode: UInt8?
    ) {
        self.ori = ori
        self.isKnown = isKnown
        self.kind = kindCode == nil ? nil : kind
        self.state = state
        self.family = family
        self.affiliations = affiliations
        self.country = country
        self.certifications = certifications?.sorted()
        self.kindCode = kindCode
        stateNumber = state.map(StateNumber.of)
        idBytes = IDBytes(ori)
        ownLine = (family ?? nil).map(FamilyMark.line) ?? []
        tiedLine = (affiliations ?? []).flatMap(FamilyMark.line)
    }

    /// Whether its own family is `path` or lies below it; `nil` while unknown.
    func ownFamilyIsWithin(_ path: FamilyPath) -> Bool? {
        family.map { $0?.isWithin(path) ?? false }
    }

    /// What has become of a certification, the best of several texts; `nil` while unknown.
    public func standing(of name: String, version: Int?) -> Certification.Standing? {
        guard let certifications else { return nil }
        var best = Certification.Standing.never
        for one in certifications where one.name == name && (version == nil || one.version == version) {
            if one.standing.rank > best.rank { best = one.standing }
        }
        return best
    }

    /// Whether a family it is tied to is `path` or lies below it; `nil` while unknown.
    func affiliationIsWithin(_ path: FamilyPath) -> Bool? {
        affiliations.map { $0.contains { $0.isWithin(path) } }
    }
}

/// The nine characters of an agency ID as two integers, for patterns.
struct IDBytes: Hashable, Sendable {
    /// The first eight characters, the first in the lowest byte.
    let front: UInt64
    /// The ninth.
    let last: UInt8

    init(_ ori: ORI) {
        var bytes: [UInt8] = []
        ori.append(to: &bytes)
        front = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        last = bytes[8]
    }

    init(front: UInt64, last: UInt8) {
        self.front = front
        self.last = last
    }
}

enum StateNumber {
    static let count = 36 * 36

    /// A number below `count`, one for each code of two characters.
    static func of(_ code: MemberCode) -> UInt16 {
        var bytes: [UInt8] = []
        code.append(to: &bytes)
        return bytes.reduce(0) { number, byte in
            number * 36 + UInt16(byte < 0x41 ? byte - 0x30 : byte - 0x41 + 10)
        }
    }
}
