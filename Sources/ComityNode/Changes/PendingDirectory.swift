import ComityDirectory
import ComityExchange
package import ComityMessages
import ComityService
import ComityStoreSQLite
import Foundation

/// What members want the directory to say and it does not say yet: a file that `comity agency import` takes.
package struct PendingDirectory: Sendable {
    /// One agency: what is wanted, in words.
    package struct Change: Hashable, Sendable, Codable {
        package let agency: ORI
        /// `add`, `modify` or `cancel`.
        package let change: String
        /// The row that is wanted; none to cancel.
        package let row: String?
    }

    /// In the order of agency IDs.
    package let changes: [Change]
    /// `agencies.csv` of the directory in force with the changes in it.
    package let file: [UInt8]

    /// - Throws: if the directory's file cannot be read.
    package init(_ reader: HomeReader) throws {
        let store = try reader.store()
        defer { try? store.close() }
        let wishes = try store.postings().wishes
        let path = reader.data.directoryFiles + "/agencies.csv"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DataError(file: path, why: "there is no such file, or it cannot be read")
        }
        let directory = try reader.data.directory()
        (changes, file) = Self.merge(wishes, into: String(decoding: data, as: UTF8.self)) { wish in
            guard let agency = directory.agency(wish.ori) else { return nil }
            return DirectoryWish(agency)
        }
    }

    /// - Parameter standing: what the directory says of a wish's agency; `nil` if it does not know it.
    static func merge(
        _ wishes: [ORI: DirectoryWish], into csv: String, standing: (DirectoryWish) -> DirectoryWish?
    ) -> (changes: [Change], file: [UInt8]) {
        var changes: [Change] = []
        var wanted: [String: DirectoryWish] = [:]
        for (ori, wish) in wishes.sorted(by: { $0.key < $1.key }) {
            let now = standing(wish)
            guard wish.row != now?.row else { continue }
            wanted[ori.description] = wish
            changes.append(
                Change(
                    agency: ori, change: now == nil ? "add" : wish.row == nil ? "cancel" : "modify",
                    row: wish.row))
        }
        var lines: [Substring] = []
        for line in csv.split(whereSeparator: \.isNewline) {
            guard let wish = wanted.removeValue(forKey: String(line.prefix(ORI.length))) else {
                lines.append(line)
                continue
            }
            if let row = wish.row { lines.append(row[...]) }
        }
        lines += wanted.values.compactMap(\.row).sorted().map { $0[...] }
        return (changes, Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// Writes the file into the home.
    ///
    /// - Returns: its path.
    package func write(to home: Home) throws -> String {
        try FileManager.default.createDirectory(
            atPath: home.pending, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = home.pending + "/agencies.csv"
        try DurableFile.write(file, to: path)
        return path
    }
}
