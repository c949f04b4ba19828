import ComityMessages

/// The members as the directory knows them: canonical code, the code that agency IDs begin with, name.
struct MemberNames: Hashable, Sendable {
    /// One row of `states.csv`.
    struct Row: Hashable, Sendable {
        var code: MemberCode
        var prefix: MemberCode
        var name: String
    }

    /// In the order of the canonical codes.
    let rows: [Row]
    private let canonicalByPrefix: [MemberCode: MemberCode]
    private let nameByCode: [MemberCode: String]

    /// Reads `states.csv`: `member,ori_prefix,name`.
    init(csv: [UInt8]) throws(DirectoryError) {
        var table = try Table(file: "states.csv", bytes: csv, columns: ["member", "ori_prefix", "name"])
        var rows: [Row] = []
        var byPrefix: [MemberCode: MemberCode] = [:]
        var names: [MemberCode: String] = [:]
        while try table.next() {
            let row = Row(code: try table.member(0), prefix: try table.member(1), name: try table.required(2))
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
}
