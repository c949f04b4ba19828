import Foundation

/// Rows under headings: aligned for people, tab-separated when piped, or comma-separated.
struct Table {
    enum Form { case aligned, tabs, commas }

    let headings: [String]
    /// The columns whose values are numbers, and stand at the right.
    let numbers: Set<Int>
    private(set) var rows: [[String]] = []

    init(_ headings: [String], numbers: Set<Int> = []) {
        self.headings = headings
        self.numbers = numbers
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    func text(_ form: Form) -> String {
        let all = [headings] + rows
        switch form {
        case .tabs: return all.map { $0.map(Self.oneLine).joined(separator: "\t") }.joined(separator: "\n")
        case .commas: return all.map { $0.map(Self.quoted).joined(separator: ",") }.joined(separator: "\n")
        case .aligned:
            let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
            return all.map { row in
                let cells = row.enumerated().map { column, value in
                    let pad = String(repeating: " ", count: widths[column] - value.count)
                    return numbers.contains(column) ? pad + value : value + pad
                }
                return trimmed(cells.joined(separator: "  "))
            }.joined(separator: "\n")
        }
    }

    /// One row by itself, for tables that are written as they are read.
    static func line(_ row: [String], _ form: Form) -> String {
        switch form {
        case .aligned, .tabs: row.map(oneLine).joined(separator: "\t")
        case .commas: row.map(quoted).joined(separator: ",")
        }
    }

    private func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }

    private static func oneLine(_ value: String) -> String {
        value.replacingOccurrences(of: "\t", with: " ").replacingOccurrences(of: "\n", with: " ")
    }

    /// RFC 4180. A value that a spreadsheet would run as a formula gets an apostrophe before it.
    private static func quoted(_ value: String) -> String {
        var value = value
        if let first = value.first, "=+-@".contains(first), Double(value) == nil { value = "'" + value }
        guard value.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return value }
        return "\"" + value.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
