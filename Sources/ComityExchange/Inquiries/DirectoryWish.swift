package import ComityDirectory
package import ComityMessages

/// What a member wants the directory to say of one of its agencies. It is a wish until an operator imports it.
package struct DirectoryWish: Hashable, Sendable {
    package let ori: ORI
    /// The row of `agencies.csv` that it wants; `nil` to have the agency taken out.
    package let row: String?

    init(cancelling ori: ORI) {
        self.ori = ori
        row = nil
    }

    init(_ ori: ORI, member: MemberCode, name: String, sourceType: String) {
        self.ori = ori
        let quoted =
            "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
        row = "\(ori),\(ori.prefix),\(member),\(quoted),\(sourceType)"
    }

    /// What the directory says of an agency now.
    package init(_ agency: Agency) {
        self.init(agency.ori, member: agency.member, name: agency.name, sourceType: agency.kind.sourceType)
    }

    /// Reads a row as it lies beside its entry; `nil` if it does not begin with an agency ID.
    init?(row: String) {
        guard let ori = ORI(String(row.prefix(ORI.length))) else { return nil }
        self.ori = ori
        self.row = row
    }
}

/// The agency types of the directory's messages (`TYP/`).
///
/// Source: Nlets guide, "ORION". Which ninth character of an agency ID belongs to which type is our own reading of it.
package enum AgencyType: String, CaseIterable, Sendable {
    case city = "PD"
    case county = "SO"
    case state = "SA"
    case otherLawEnforcement = "LE"
    case federal = "FE"
    case prosecutor = "JA"
    case corrections = "JC"
    case probation = "JG"
    case court = "JJ"
    case federalJustice = "JF"
    case otherJustice = "CJ"
    case notJustice = "NJ"

    /// The type of an agency that the directory knows.
    init(_ agency: Agency) {
        switch agency.ori.description.last {
        case "A": self = .prosecutor
        case "C": self = .corrections
        case "F": self = .federalJustice
        case "G": self = .probation
        case "J": self = .court
        case "B", "M", "N", "Y": self = .otherJustice
        case let last? where last.isLetter: self = .notJustice
        default:
            switch agency.kind {
            case .city: self = .city
            case .county: self = .county
            case .stateAgency, .statePolice: self = .state
            case .federal: self = .federal
            case .campus, .tribal, .other, .unclassified: self = .otherLawEnforcement
            }
        }
    }

    /// The type as the files of the directory write it.
    var sourceType: String {
        switch self {
        case .city: "City"
        case .county: "County"
        case .state: "Other State Agency"
        case .federal: "Federal"
        default: "Other"
        }
    }
}
