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
    /// As `code`, with `*` (any number of characters, also none) and `?` (one character) in place of what is not
    /// known, and at least one character that is.
    case wildCard = "wild-card"
    case digits
    /// Letters, commas, spaces and apostrophes.
    case name
    /// As `name`, without comma: the last name alone.
    case lastName = "last-name"
    /// As `code`, with a letter at the beginning.
    case letterFirst = "letter-first"
    /// Letters and digits, `+` and `/`, up to two `=` at the end, in groups of four.
    case base64
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

/// Rules that hold for some keys when one member, or a member of one class, is asked.
public struct SpecialRule: Hashable, Sendable, Decodable {
    /// The member; `nil` if the rule is of a class.
    public let to: MemberCode?
    public let `class`: MemberClass?
    public let keys: [MessageKey]
    public let requires: [[String]]?
    public let elements: [String: ElementForm]?
    /// Whether it holds for the legacy text alone, because XML has parts for what it is about.
    public let textOnly: Bool?
    /// The documented error number for whatever breaks it; 0 where there is none.
    public let error: Int
}
