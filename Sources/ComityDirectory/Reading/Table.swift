import ComityMessages

/// A file of comma-separated values whose first row names the columns; columns are found by name, so that their
/// order does not matter and further columns do no harm.
struct Table {
    private var reader: CSVReader
    private let columns: [Int]
    private let names: [String]
    private let width: Int
    private let header: [String]

    init(file: String, bytes: [UInt8], columns names: [String]) throws(DirectoryError) {
        var reader = CSVReader(file: file, bytes: bytes)
        guard try reader.next() else {
            throw reader.error(
                "the file is empty", "begin it with a row of column names: \(names.joined(separator: ","))")
        }
        var header: [String] = []
        for index in reader.fields.indices { header.append(try reader.text(index)) }
        var columns: [Int] = []
        for name in names {
            guard let index = header.firstIndex(of: name) else {
                throw reader.error("there is no column `\(name)`", "name it in the first row")
            }
            columns.append(index)
        }
        width = header.count
        self.header = header
        self.reader = reader
        self.columns = columns
        self.names = names
    }

    /// Moves to the next row; `false` at the end.
    mutating func next() throws(DirectoryError) -> Bool {
        guard try reader.next() else { return false }
        guard reader.fields.count == width else {
            throw error(
                "there are \(reader.fields.count) fields instead of \(width)",
                "put fields that hold a comma in quotes")
        }
        return true
    }

    /// The text of a column of the present row.
    func text(_ column: Int) throws(DirectoryError) -> String { try reader.text(columns[column]) }

    /// The text of a column that may not be empty.
    func required(_ column: Int) throws(DirectoryError) -> String {
        let text = try text(column)
        guard !text.isEmpty else { throw error("`\(names[column])` is empty", "fill it in") }
        return text
    }

    /// The text of a column that a file may leave out; empty if it does.
    func optional(_ name: String) throws(DirectoryError) -> String {
        guard let index = header.firstIndex(of: name) else { return "" }
        return try reader.text(index)
    }

    /// The line on which the present row begins.
    var line: Int { reader.line }

    func error(_ why: String, _ next: String) -> DirectoryError { reader.error(why, next) }
}

extension Table {
    func ori(_ column: Int) throws(DirectoryError) -> ORI {
        let text = try text(column)
        guard let ori = ORI(text) else {
            throw error(
                "agency ID `\(text)` is not nine capital letters and digits",
                "correct or remove the row")
        }
        return ori
    }

    func member(_ column: Int) throws(DirectoryError) -> MemberCode {
        let text = try text(column)
        guard let code = MemberCode(text) else {
            throw error(
                "member `\(text)` is not two capital letters or digits",
                "use a code of `states.csv`")
        }
        return code
    }

    /// A family that must exist; `nil` if the field is empty.
    func family(_ column: Int, in tree: FamilyTree) throws(DirectoryError) -> FamilyPath? {
        let text = try text(column)
        guard !text.isEmpty else { return nil }
        guard let path = FamilyPath(text), tree.family(path) != nil else {
            throw error("there is no family `\(text)`", "correct it or add it to `families.csv`")
        }
        return path
    }

    /// A date; `nil` if the field is empty.
    func day(_ column: Int) throws(DirectoryError) -> Day? {
        let text = try text(column)
        guard !text.isEmpty else { return nil }
        guard let day = Day(text) else {
            throw error("`\(text)` is not a date", "write it as 2026-01-15")
        }
        return day
    }
}
