import FoundationEssentials

/// The versioned code tables: members, message keys, elements, reasons, purposes, error and status texts.
///
/// They are data (`Data/codes/nlets.json`), because codes change and because parts of them are not documented.
/// Whoever owns a file system reads the file and passes its bytes in.
public struct CodeTables: Sendable {
    /// One reference, so that the tables can be handed on with every message at no cost.
    private let rows: Rows

    /// Reads the JSON file.
    ///
    /// - Parameter regions: the JSON file of regions; without it no region has a state.
    /// - Throws: `CodeTableError` if a file is not JSON of this form, or if a code stands twice.
    public init(json: [UInt8], regions: [UInt8]? = nil) throws(CodeTableError) {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(json))
        } catch {
            throw CodeTableError(why: "the code tables cannot be read: \(CodeTableError.words(error))")
        }
        var table: RegionTable?
        if let regions { table = try RegionTable(json: regions) }
        rows = try Rows(file, regions: table)
    }

    /// The version of the file, for example `2026.1`.
    public var version: String { rows.file.version }
    public var members: [Member] { rows.file.members }
    public var keys: [KeyRule] { rows.file.keys }
    public var elements: [ElementRule] { rows.file.elements }
    public var special: [SpecialRule] { rows.file.special }
    /// Meanings of `RSN/`, as far as they are documented.
    public var reasons: [CodedText] { rows.file.reasons }
    /// Meanings of `PUR/`.
    public var purposes: [CodedText] { rows.file.purposes }
    /// Meanings of `LIT/`.
    public var plateTypes: [CodedText] { rows.file.plateTypes }
    /// Numbers and texts of error messages (ER).
    public var errors: [NumberedText] { rows.file.errors }
    /// Numbers and texts of status messages (SM).
    public var statuses: [NumberedText] { rows.file.statuses }
    /// The documented negative answers: `NOT ON FILE` and two others.
    public var negatives: [String] { rows.file.negatives }
    /// The subjects of help texts, three characters each.
    public var helpSubjects: [String] { rows.file.helpSubjects ?? [] }
    /// The owners: 50 states and the District of Columbia, by code.
    public var states: [MemberCode] { rows.states }
    /// Which states belong to a region; empty if no table of regions was read.
    public var regions: [Region] { rows.regions?.regions ?? [] }
    /// How sure the table of regions is, and its version; `nil` if none was read.
    public var regionTable: RegionTable? { rows.regions }

    /// The one code that stands for a member whatever alias was written: `NE` for `NB`. An unknown code stays
    /// as it is.
    public func canonical(_ code: MemberCode) -> MemberCode {
        rows.memberIndex[code].map { members[$0].code } ?? code
    }

    /// The row of a member, by its code or an alias.
    public func member(_ code: MemberCode) -> Member? { rows.memberIndex[code].map { members[$0] } }

    /// The row of a message key.
    public func rule(for key: MessageKey) -> KeyRule? { rows.keyIndex[key].map { keys[$0] } }

    /// The row of an element, by its prefix.
    public func element(_ prefix: String) -> ElementRule? { rows.elementIndex[prefix].map { elements[$0] } }

    /// The key of the answer to a question: `DR` for `DQ` and `DQG`; `nil` for what is not a question.
    public func answerKey(for key: MessageKey) -> MessageKey? { rule(for: key)?.answer }

    /// The text of a documented error number.
    public func error(_ number: Int) -> NumberedText? { errors.first { $0.number == number } }

    /// The text of a documented status number.
    public func status(_ number: Int) -> NumberedText? { statuses.first { $0.number == number } }
}

/// The file as it stands.
private struct File: Decodable, Sendable {
    let version: String
    let members: [Member], keys: [KeyRule], elements: [ElementRule], special: [SpecialRule]
    let reasons: [CodedText], purposes: [CodedText], plateTypes: [CodedText]
    let errors: [NumberedText], statuses: [NumberedText], negatives: [String]
    let helpSubjects: [String]?
}

/// The file, and where each code stands in it.
private final class Rows: Sendable {
    let file: File
    let states: [MemberCode]
    let memberIndex: [MemberCode: Int]
    let keyIndex: [MessageKey: Int]
    let elementIndex: [String: Int]
    let regions: RegionTable?

    init(_ file: File, regions: RegionTable?) throws(CodeTableError) {
        var memberIndex: [MemberCode: Int] = [:]
        for (index, member) in file.members.enumerated() {
            for code in [member.code] + member.aliases {
                guard memberIndex.updateValue(index, forKey: code) == nil else {
                    throw CodeTableError(why: "the member code `\(code)` stands twice in the code tables")
                }
            }
        }
        try regions?.check { memberIndex[$0].map { file.members[$0] } }
        self.regions = regions
        self.file = file
        self.memberIndex = memberIndex
        states = file.members.filter { $0.class == .state }.map(\.code).sorted()
        keyIndex = try CodeTableError.index(file.keys, by: \.key, "message key")
        elementIndex = try CodeTableError.index(file.elements, by: \.prefix, "element")
    }
}
