/// What the tables say of one data element.
public struct ElementRule: Hashable, Sendable, Decodable {
    /// Two to ten capitals.
    public let prefix: String
    /// Plain words: `date of birth`.
    public let name: String
    /// Size and form of its value.
    public let form: ElementForm
    /// The documented error number for a bad value.
    public let error: Int?
    /// The documented error number for a value that is needed and missing.
    public let missing: Int?
    /// Whether it is an addition of this project's wire profile, which the legacy text does not have.
    public let isOwn: Bool
    public let known: Certainty

    private enum CodingKeys: String, CodingKey { case prefix, name, error, missing, own, known }

    public init(from decoder: any Decoder) throws {
        form = try ElementForm(from: decoder)
        let row = try decoder.container(keyedBy: CodingKeys.self)
        prefix = try row.decode(String.self, forKey: .prefix)
        name = try row.decode(String.self, forKey: .name)
        error = try row.decodeIfPresent(Int.self, forKey: .error)
        missing = try row.decodeIfPresent(Int.self, forKey: .missing)
        isOwn = try row.decodeIfPresent(Bool.self, forKey: .own) ?? false
        known = try row.decodeIfPresent(Certainty.self, forKey: .known) ?? .documented
    }
}

/// Size and characters of a value.
public struct ElementForm: Hashable, Sendable, Codable {
    /// The smallest and largest number of characters.
    public let least: Int, most: Int
    /// Which characters, and what they must mean.
    public let form: ValueForm
    /// For `listed`: the values allowed, in either case.
    public let values: [String]?
}

/// The forms of value that the tables speak of.
public enum ValueForm: String, Hashable, Sendable, Codable {
    /// Capital letters and digits.
    case code
    /// As `code`, with `*` and `?` in place of what is not known.
    case wildCard = "wild-card"
    case digits
    /// Letters, commas, spaces and apostrophes.
    case name
    /// Printable, without period and slash: as printed on the licence.
    case licence
    /// Printable, without period.
    case text
    /// Letters and hyphens.
    case word
    /// One of the listed values.
    case listed
    /// A code of the table of reasons, or of purposes.
    case reason, purpose
    /// `mmddyy` or `ccyymmdd`, and a day that exists.
    case birthDate = "birth-date"
    /// Two or four digits; for a plate also `NX`, without expiry.
    case year
    case plateYear = "plate-year"
    /// `ccyymmdd` or `ccyymmdd@hhmm`.
    case moment
    /// Nine characters; for an address also two.
    case agency, address
}

/// One code with its meaning: a reason, a purpose, a plate type.
public struct CodedText: Hashable, Sendable, Decodable {
    public let code: String
    public let text: String
    public let known: Certainty?
}

/// One documented error or status.
public struct NumberedText: Hashable, Sendable, Codable {
    public let number: Int
    /// As it is written: `.22.`
    public let code: String
    public let text: String
}

/// Rules that hold for some keys when one member is asked.
public struct SpecialRule: Hashable, Sendable, Decodable {
    public let to: MemberCode
    public let keys: [MessageKey]
    public let requires: [[String]]?
    public let elements: [String: ElementForm]?
    /// The documented error number for whatever breaks it.
    public let error: Int
}
