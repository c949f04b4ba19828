import ComityMessages
import FoundationEssentials

/// The files of the repository that these tests read.
enum Repository {
    static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    /// The code tables as they are shipped.
    static let tables = try! CodeTables(
        json: bytes("Data/codes/nlets.json"), regions: bytes("Data/codes/regions.json"))

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(root)/\(path)")))
    }

    /// The paths of the files of a folder, sorted by name.
    static func files(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)").sorted()
            .map { "\(folder)/\($0)" }
    }
}
