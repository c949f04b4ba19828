public import ComityMessages

/// Who is who: agencies, families and affiliations, as one version that never changes.
///
/// A value without input or output: the bytes of the files come in. What an ID means is looked up here and is
/// never guessed from its characters; an agency that is not here is unknown.
public struct Directory: Sendable {
    /// SHA-256 over all facts, the same for the same content in whatever order the rows stand; 32 bytes.
    public let hash: [UInt8]
    /// The name of the version: the first sixteen digits of the hash in hexadecimal.
    public let version: String

    let members: MemberNames
    private let tree: FamilyTree
    private let register: AgencyRegister
    private let ties: AffiliationRegister
    private let pledges: CertificationRegister

    /// Reads the files of `Data/directory`.
    ///
    /// - Parameters:
    ///   - agencies: `agencies.csv`, the public list of real agencies.
    ///   - federal: `federal.csv`, made-up agencies and the place of real federal ones in the tree.
    ///   - affiliations: `affiliations.csv`.
    ///   - members: `states.csv`.
    ///   - families: `families.csv`.
    ///   - certifications: `certifications.csv`; without a file nobody has signed anything.
    /// - Throws: the first row that cannot be used, with file, line and what to do.
    public init(
        agencies: [UInt8], federal: [UInt8], affiliations: [UInt8], members: [UInt8], families: [UInt8],
        certifications: [UInt8] = []
    ) throws(DirectoryError) {
        self.members = try MemberNames(csv: members)
        tree = try FamilyTree(csv: families)
        register = try AgencyRegister(real: agencies, federal: federal, members: self.members, tree: tree)
        ties = try AffiliationRegister(csv: affiliations, agencies: register, tree: tree)
        pledges = try CertificationRegister(csv: certifications, agencies: register)
        hash =
            CanonicalForm(
                members: self.members, tree: tree, agencies: register, affiliations: ties,
                certifications: pledges
            ).hash
        version = hash.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// All agencies, in the order of their IDs.
    public var agencies: [Agency] { register.agencies }

    /// The agency with an ID; `nil` if it is not known.
    public func agency(_ ori: ORI) -> Agency? { register.agency(ori) }

    /// All families, each after the one above it.
    public var families: [Family] { tree.families }

    /// The family at a place in the tree; `nil` if there is none.
    public func family(_ path: FamilyPath) -> Family? { tree.family(path) }

    /// Every affiliation, in force or not.
    public var affiliations: [Affiliation] { ties.all }

    /// The affiliations of an agency that are in force on a day; none for an unknown agency.
    public func affiliations(of ori: ORI, at day: Day) -> [Affiliation] { ties.inForce(ori, on: day) }

    /// Every certification that was ever given, in force or not.
    public var certifications: [Certification] { pledges.all }

    /// The certifications of an agency, whatever has become of them; none for an unknown agency.
    public func certifications(of ori: ORI) -> [Certification] { pledges.of(ori) }

    /// The country that a member is part of, as two capitals; `nil` if the directory does not say.
    public func country(of member: MemberCode) -> String? { members.country(member) }

    /// The countries that members are part of, in alphabetical order.
    public var countries: [String] { members.countries }

    /// The name of a member by its canonical code; `nil` if the directory does not know it.
    public func name(of member: MemberCode) -> String? { members.name(member) }
}
