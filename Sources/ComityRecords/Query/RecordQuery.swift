package import ComityMessages

/// One look-up as a record source needs it: what to search for, whose records, and what is asked beside.
package struct RecordQuery: Hashable, Sendable {
    /// What to search for, in normal form: capitals, no blanks around.
    package enum Search: Hashable, Sendable {
        /// A driver by licence number (`OLN`).
        case licence(number: String)
        /// A driver by name, birth date and sex (`NAM`, `DOB`, `SEX`).
        case person(name: PersonName, birth: BirthDate, sex: String)
        /// A vehicle by plate, year of expiry (four digits or `NX`) and plate type (`LIC`, `LIY`, `LIT`).
        case plate(number: String, year: String, type: String)
        /// A vehicle by identification number (`VIN`).
        case vin(String)
        /// A list of drivers by name alone (`NAM`); birth date and sex narrow it if they are given.
        case driverList(name: ListedName, birth: BirthDate?, sex: String?)
        /// The vehicles of an owner (`NAM`); birth date and sex narrow it if they are given.
        case ownerList(name: ListedName, birth: BirthDate?, sex: String?)
        /// The vehicles whose plate fits a pattern (`LIC`); year and type narrow it if they are given.
        case partialPlate(PlatePattern, year: String?, type: String?)
        /// A kind of look-up for which no file is kept: a search of the archive.
        case noFile
    }

    /// Whose records.
    package var owner: MemberCode
    /// What kind of look-up it is; history lines are given for `driverHistory` only.
    package var kind: RequestKind
    package var search: Search
    /// Whether a photo is asked for; it is given only then.
    package var photoAsked: Bool

    package init(owner: MemberCode, kind: RequestKind, search: Search, photoAsked: Bool = false) {
        self.owner = owner
        self.kind = kind
        self.search = search
        self.photoAsked = photoAsked
    }

    /// Takes what it needs out of a message.
    ///
    /// - Throws: which elements are missing or cannot be read. The error never repeats a value.
    package init(
        _ message: Message, kind: RequestKind, owner: MemberCode, photoAsked: Bool
    ) throws(RecordQueryError) {
        let search: Search =
            switch kind {
            case .driverByNumber: try .licence(number: Self.required("OLN", message))
            case .driverByName: try Self.person(message)
            case .driverHistory, .driverPhoto:
                if let number = Self.value("OLN", message) {
                    .licence(number: number)
                } else {
                    try Self.person(message)
                }
            case .vehicleByPlate: try Self.plate(message)
            case .vehicleByVIN: try .vin(Self.required("VIN", message))
            case .driverNameOnly:
                try .driverList(
                    name: Self.listed(message), birth: Self.birth(message), sex: Self.value("SEX", message))
            case .vehicleByOwner:
                try .ownerList(
                    name: Self.listed(message), birth: Self.birth(message), sex: Self.value("SEX", message))
            case .partialPlate: try Self.pattern(message)
            case .archiveSearch: .noFile
            }
        self.init(
            owner: owner, kind: kind, search: search, photoAsked: photoAsked || kind == .driverPhoto)
    }

    private static func person(_ message: Message) throws(RecordQueryError) -> Search {
        guard let name = value("NAM", message), let birth = value("DOB", message),
            let sex = value("SEX", message)
        else {
            throw .missing(["NAM", "DOB", "SEX"].filter { value($0, message) == nil })
        }
        guard let name = PersonName(name) else { throw .unreadable("NAM") }
        guard let birth = BirthDate(birth) else { throw .unreadable("DOB") }
        return .person(name: name, birth: birth, sex: sex)
    }

    private static func listed(_ message: Message) throws(RecordQueryError) -> ListedName {
        guard let name = ListedName(try required("NAM", message)) else { throw .unreadable("NAM") }
        return name
    }

    /// The birth date, if one is given.
    private static func birth(_ message: Message) throws(RecordQueryError) -> BirthDate? {
        guard let text = value("DOB", message) else { return nil }
        guard let birth = BirthDate(text) else { throw .unreadable("DOB") }
        return birth
    }

    private static func pattern(_ message: Message) throws(RecordQueryError) -> Search {
        guard let pattern = PlatePattern(try required("LIC", message)) else { throw .unreadable("LIC") }
        var year: String?
        if let text = value("LIY", message) {
            guard let read = plateYear(text) else { throw .unreadable("LIY") }
            year = read
        }
        return .partialPlate(pattern, year: year, type: value("LIT", message))
    }

    private static func plate(_ message: Message) throws(RecordQueryError) -> Search {
        guard let number = value("LIC", message), let year = value("LIY", message),
            let type = value("LIT", message)
        else {
            throw .missing(["LIC", "LIY", "LIT"].filter { value($0, message) == nil })
        }
        guard let year = plateYear(year) else { throw .unreadable("LIY") }
        return .plate(number: number, year: year, type: type)
    }

    /// Two digits mean this century; `NX` is a plate that does not expire.
    private static func plateYear(_ text: String) -> String? {
        if text == "NX" { return text }
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return switch text.utf8.count {
        case 2: "20" + text
        case 4: text
        default: nil
        }
    }

    private static func required(_ prefix: String, _ message: Message) throws(RecordQueryError) -> String {
        guard let value = value(prefix, message) else { throw .missing([prefix]) }
        return value
    }

    /// The value in normal form; `nil` if there is none or it is blank.
    private static func value(_ prefix: String, _ message: Message) -> String? {
        guard let value = message.value(prefix) else { return nil }
        let normal = NormalText.of(value)
        return normal.isEmpty ? nil : normal
    }
}
