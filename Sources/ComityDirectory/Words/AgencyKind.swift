/// What kind of body an agency is.
///
/// The raw value is the word of policies, screens and files and never changes. Which kinds count as law
/// enforcement is not said here: the taxonomy builds its named sets from kinds.
public enum AgencyKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// A town or city.
    case city
    /// A county: sheriffs and county police.
    case county
    /// A body of a state that is not its police.
    case stateAgency = "state-agency"
    /// State police and highway patrols.
    case statePolice = "state-police"
    /// A university or college.
    case campus
    /// A tribe.
    case tribal
    /// A body of the federal government.
    case federal
    /// Known, but none of the above.
    case other
    /// The source does not say what it is. Belongs to no named set.
    case unclassified

    /// What the public agency list calls it.
    public var sourceType: String {
        switch self {
        case .city: "City"
        case .county: "County"
        case .stateAgency: "Other State Agency"
        case .statePolice: "State Police"
        case .campus: "University or College"
        case .tribal: "Tribal"
        case .federal: "Federal"
        case .other: "Other"
        case .unclassified: "Unknown"
        }
    }

    /// The kind that the public agency list calls by these words; `nil` if it has no such type.
    ///
    /// Source: `agency_type` in the list described in `Data/directory/README.md`.
    init?(sourceType: String) {
        switch sourceType {
        case "City": self = .city
        case "County": self = .county
        case "Other State Agency": self = .stateAgency
        case "State Police": self = .statePolice
        case "University or College": self = .campus
        case "Tribal": self = .tribal
        case "Federal": self = .federal
        case "Other": self = .other
        case "Unknown": self = .unclassified
        default: return nil
        }
    }
}
