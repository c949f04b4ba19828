import ComityMessages

/// The members as the directory knows them: canonical code, the code that agency IDs begin with, name.
struct MemberNames: Hashable, Sendable {
    /// One row of `states.csv`.
    struct Row: Hashable, Sendable {
        var code: MemberCode
        var prefix: MemberCode
        var name: String
        /// The country that it is part of, as two capitals (ISO 3166); `nil` if the file does not say.
        var country: String?
    }

    /// In the order of the canonical codes.
    let rows: [Row]
    private let canonicalByPrefix: [MemberCode: MemberCode]
    private let nameByCode: [MemberCode: String]

    /// Reads `states.csv`: `member,ori_prefix,name`, and `country` if the file has it.
    init(csv: [UInt8]) throws(DirectoryError) {
        var table = try Table(file: "states.csv", bytes: csv, columns: ["member", "ori_prefix", "name"])
        var rows: [Row] = []
        var byPrefix: [MemberCode: MemberCode] = [:]
        var names: [MemberCode: String] = [:]
        while try table.next() {
            var row = Row(code: try table.member(0), prefix: try table.member(1), name: try table.required(2))
            row.country = try Self.country(in: table)
            guard names.updateValue(row.name, forKey: row.code) == nil,
                byPrefix.updateValue(row.code, forKey: row.prefix) == nil
            else {
                throw table.error("`\(row.code)` or `\(row.prefix)` stands twice", "remove one of the rows")
            }
            rows.append(row)
        }
        self.rows = rows.sorted { $0.code < $1.code }
        canonicalByPrefix = byPrefix
        nameByCode = names
    }

    /// The member whose agency IDs begin with these two characters.
    func canonical(prefix: MemberCode) -> MemberCode? { canonicalByPrefix[prefix] }

    func name(_ code: MemberCode) -> String? { nameByCode[code] }

    func country(_ code: MemberCode) -> String? { rows.first { $0.code == code }?.country }

    /// The countries that members are part of, in alphabetical order.
    var countries: [String] { Set(rows.compactMap(\.country)).sorted() }

    private static func country(in table: Table) throws(DirectoryError) -> String? {
        let text = try table.optional("country")
        guard !text.isEmpty else { return nil }
        guard text.utf8.count == 2,
            text.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { throw table.error("`\(text)` is not a country", "write two capitals such as US, or nothing") }
        return text
    }
}
