public import ComityDirectory
public import ComityMessages

/// Who asks, as the directory knew it at the time: the facts that rules test, and no more.
///
/// Each fact is `nil` while unknown. For an agency that the directory does not know, all are.
public struct Requester: Hashable, Sendable {
    /// The agency ID as stated.
    public var ori: ORI { known.ori }
    /// Whether the directory knows the agency; if not, every fact below is unknown.
    public var isKnown: Bool { known.isKnown }
    /// The kind of agency, as a word of the taxonomy.
    public var kind: String? { known.kind }
    /// The member that it belongs to.
    public var state: MemberCode? { known.state }
    /// Its own family; `.some(nil)` is an agency known to stand outside the tree.
    public var family: FamilyPath?? { known.family }
    /// The families it is tied to; `nil` while unknown, empty when there are none.
    public var affiliations: [FamilyPath]? { known.affiliations }
    /// The country of its member, as two capitals.
    public var country: String? { known.country }
    /// What it signed and what became of it; `nil` while unknown, empty when it never signed anything.
    public var certifications: [CertificationState]? { known.certifications }

    /// Behind one reference, because requesters are handed on from room to room.
    let known: Known

    /// All facts of a known agency.
    public init(
        ori: ORI, kind: String?, state: MemberCode?, family: FamilyPath??, affiliations: [FamilyPath]?,
        country: String?, certifications: [CertificationState]?, taxonomy: Taxonomy
    ) {
        known = Known(
            ori: ori, isKnown: true, kind: kind, state: state, family: family, affiliations: affiliations,
            country: country, certifications: certifications,
            kindCode: kind.flatMap { taxonomy.kinds.firstIndex(of: $0) }.map { UInt8(truncatingIfNeeded: $0) }
        )
    }

    /// An agency that the directory does not know.
    public init(unknown ori: ORI) {
        known = Known(
            ori: ori, isKnown: false, kind: nil, state: nil, family: nil, affiliations: nil, country: nil,
            certifications: nil, kindCode: nil)
    }

    public static func == (a: Requester, b: Requester) -> Bool {
        if a.known === b.known { return true }
        return a.ori == b.ori && a.isKnown == b.isKnown && a.kind == b.kind && a.state == b.state
            && a.family == b.family && a.affiliations == b.affiliations && a.country == b.country
            && a.certifications == b.certifications && a.known.kindCode == b.known.kindCode
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ori)
        hasher.combine(isKnown)
        hasher.combine(kind)
        hasher.combine(state)
        hasher.combine(family)
        hasher.combine(affiliations)
        hasher.combine(country)
        hasher.combine(certifications)
    }

    /// Whether its own family is `path` or lies below it; `nil` while unknown.
    func ownFamilyIsWithin(_ path: FamilyPath) -> Bool? {
        family.map { $0?.isWithin(path) ?? false }
    }

    /// What has become of a certification, the best of several texts; `nil` while unknown.
    public func standing(of name: String, version: Int?) -> Certification.Standing? {
        certifications.map { CertificationState.standing(of: name, version: version, in: $0) }
    }

    /// Whether a family it is tied to is `path` or lies below it; `nil` while unknown.
    func affiliationIsWithin(_ path: FamilyPath) -> Bool? {
        affiliations.map { $0.contains { $0.isWithin(path) } }
    }
}

extension Requester {
    /// What the directory knows of an agency, and the same in the form that judging reads.
    final class Known: Sendable {
        // What judging reads stands first and close together.
        let isKnown: Bool
        let knowsOwn: Bool
        let knowsTies: Bool
        /// Whether it is known to stand outside the tree and to be tied to nobody, like nearly every agency.
        let isApart: Bool
        /// The place of the kind in the taxonomy.
        let kindCode: UInt8?
        let stateNumber: UInt16?
        let idBytes: IDBytes
        let country: String?
        /// `CountryNumber` of it; 0 if there is none.
        let countryNumber: UInt16
        let certifications: [CertificationState]?
        /// The filters of both lines: a family whose bit is not there is not in the line, and the line stays unread.
        let ownFilter: UInt64
        let tiedFilter: UInt64
        /// Its family and those above it; those that it is tied to and those above them.
        let ownLine: [FamilyMark]
        let tiedLine: [FamilyMark]

        let ori: ORI
        let kind: String?
        let state: MemberCode?
        let family: FamilyPath??
        let affiliations: [FamilyPath]?

        init(
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
            countryNumber = country.map(CountryNumber.of) ?? 0
            idBytes = IDBytes(ori)
            ownLine = (family ?? nil).map(FamilyMark.line) ?? []
            tiedLine = (affiliations ?? []).flatMap(FamilyMark.line)
            ownFilter = ownLine.reduce(0) { $0 | $1.filter }
            tiedFilter = tiedLine.reduce(0) { $0 | $1.filter }
            knowsOwn = family != nil
            knowsTies = affiliations != nil
            isApart = knowsOwn && knowsTies && ownLine.isEmpty && tiedLine.isEmpty
        }
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

/// A country as a number that is compared first; equal numbers are always confirmed by the text.
enum CountryNumber {
    static func of(_ text: String) -> UInt16 { text.utf8.reduce(1) { $0 &* 256 | UInt16($1) } }
}
