import FoundationEssentials

/// The versioned code tables: members, message keys, elements, reasons, purposes, error and status texts.
///
/// They are data (`Data/codes/nlets.json`), because codes change and because parts of them are not documented.
/// Whoever owns a file system reads the file and passes its bytes in.
public struct CodeTables: Sendable {
    /// The version of the file, for example `2026.1`.
    public let version: String
    public let members: [Member]
    public let keys: [KeyRule]
    public let elements: [ElementRule]
    public let special: [SpecialRule]
    /// Meanings of `RSN/`, `PUR/` and `LIT/`, as far as they are documented.
    public let reasons: [CodedText], purposes: [CodedText], plateTypes: [CodedText]
    /// Numbers and texts of ER and of SM messages.
    public let errors: [NumberedText], statuses: [NumberedText]
    /// The documented negative answers: `NOT ON FILE` and two others.
    public let negatives: [String]
    /// The owners: 50 states and the District of Columbia, by code.
    public let states: [MemberCode]

    private let memberIndex: [MemberCode: Int]
    private let keyIndex: [MessageKey: Int]
    private let elementIndex: [String: Int]

    /// Reads the JSON file.
    ///
    /// - Throws: `CodeTableError` if it is not JSON of this form, or if a code stands twice.
    public init(json: [UInt8]) throws(CodeTableError) {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(json))
        } catch {
            throw CodeTableError(why: "the code tables cannot be read: \(CodeTableError.words(error))")
        }
        version = file.version
        members = file.members
        keys = file.keys
        elements = file.elements
        special = file.special
        (reasons, purposes, plateTypes) = (file.reasons, file.purposes, file.plateTypes)
        (errors, statuses, negatives) = (file.errors, file.statuses, file.negatives)
        states = file.members.filter { $0.class == .state }.map(\.code).sorted()

        var memberIndex: [MemberCode: Int] = [:]
        for (index, member) in file.members.enumerated() {
            for code in [member.code] + member.aliases {
                guard memberIndex.updateValue(index, forKey: code) == nil else {
                    throw CodeTableError(why: "the member code `\(code)` stands twice in the code tables")
                }
            }
        }
        self.memberIndex = memberIndex
        keyIndex = try CodeTableError.index(file.keys, by: \.key, "message key")
        elementIndex = try CodeTableError.index(file.elements, by: \.prefix, "element")
    }

    /// The one code that stands for a member whatever alias was written: `NE` for `NB`. An unknown code stays
    /// as it is.
    public func canonical(_ code: MemberCode) -> MemberCode {
        memberIndex[code].map { members[$0].code } ?? code
    }

    /// The row of a member, by its code or an alias.
    public func member(_ code: MemberCode) -> Member? { memberIndex[code].map { members[$0] } }

    /// The row of a message key.
    public func rule(for key: MessageKey) -> KeyRule? { keyIndex[key].map { keys[$0] } }

    /// The row of an element, by its prefix.
    public func element(_ prefix: String) -> ElementRule? { elementIndex[prefix].map { elements[$0] } }

    /// The key of the answer to a question: `DR` for `DQ` and `DQG`; `nil` for what is not a question.
    public func answerKey(for key: MessageKey) -> MessageKey? { rule(for: key)?.answer }

    /// The text of a documented error number.
    public func error(_ number: Int) -> NumberedText? { errors.first { $0.number == number } }

    /// The text of a documented status number.
    public func status(_ number: Int) -> NumberedText? { statuses.first { $0.number == number } }

    private struct File: Decodable {
        let version: String
        let members: [Member], keys: [KeyRule], elements: [ElementRule], special: [SpecialRule]
        let reasons: [CodedText], purposes: [CodedText], plateTypes: [CodedText]
        let errors: [NumberedText], statuses: [NumberedText], negatives: [String]
    }
}

/// Why a file of code tables was not accepted.
public struct CodeTableError: Error, Hashable, CustomStringConvertible {
    /// Lower-case words that name the place.
    public let why: String

    public var description: String { why }

    static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "it is not JSON" }
        let (context, missing): (DecodingError.Context, String?) =
            switch error {
            case .keyNotFound(let key, let context): (context, key.stringValue)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context, nil)
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: "unknown"), nil)
            }
        let place = context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }
        let what = missing.map { "`\($0)` is missing" } ?? "the value does not fit"
        return place.isEmpty ? "\(what) at the top" : "\(what) at `\(place.joined(separator: " "))`"
    }

    static func index<Row, Key: Hashable>(
        _ rows: [Row], by key: (Row) -> Key, _ what: String
    ) throws(CodeTableError) -> [Key: Int] {
        var index: [Key: Int] = [:]
        for (position, row) in rows.enumerated() {
            guard index.updateValue(position, forKey: key(row)) == nil else {
                throw CodeTableError(why: "the \(what) `\(key(row))` stands twice in the code tables")
            }
        }
        return index
    }
}
