import ComityMessages
import Crypto

/// The bytes over which the hash of a directory is taken: every fact in a fixed order, whatever the order of
/// rows and columns in the files.
///
/// A line for each fact, its fields separated by tabs. No field can hold a tab or a line break, because reading
/// refuses control characters; so two directories that differ have different bytes.
struct CanonicalForm {
    private var bytes: [UInt8] = []

    init(
        members: MemberNames, tree: FamilyTree, agencies: AgencyRegister, affiliations: AffiliationRegister,
        certifications: CertificationRegister
    ) {
        bytes.reserveCapacity(agencies.agencies.count * 64)
        line("comity directory", "1")
        for row in members.rows {
            line("member", row.code.description, row.prefix.description, row.name, row.country ?? "")
        }
        for family in tree.families { line("family", family.path.description, family.name) }
        for agency in agencies.agencies { add(agency) }
        for tie in affiliations.all {
            line(
                "affiliation", tie.ori.description, tie.family.description, tie.from.description,
                tie.until?.description ?? "", tie.basis)
        }
        for one in certifications.all {
            line(
                "certification", one.ori.description, one.name, String(one.version), one.from.description,
                one.until?.description ?? "", one.revoked?.description ?? "", one.basis)
        }
    }

    /// SHA-256, 32 bytes.
    var hash: [UInt8] { Array(SHA256.hash(data: bytes)) }

    private mutating func add(_ agency: Agency) {
        bytes.append(contentsOf: "agency\t".utf8)
        agency.ori.append(to: &bytes)
        bytes.append(UInt8(ascii: "\t"))
        bytes.append(contentsOf: agency.name.utf8)
        bytes.append(UInt8(ascii: "\t"))
        bytes.append(contentsOf: agency.kind.rawValue.utf8)
        bytes.append(UInt8(ascii: "\t"))
        agency.member.append(to: &bytes)
        bytes.append(UInt8(ascii: "\t"))
        if let family = agency.family { bytes.append(contentsOf: family.description.utf8) }
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func line(_ fields: String...) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            bytes.append(contentsOf: field.utf8)
        }
        bytes.append(UInt8(ascii: "\n"))
    }
}
