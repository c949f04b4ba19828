package import ComityDirectory
package import ComityLedger
package import ComityMessages
package import ComityPolicy
import Crypto
import Foundation

/// The versioned data that came with the program: code tables, directory, taxonomy.
package struct DataFolder: Hashable, Sendable {
    package let path: String
    /// A file that stands for the folder's own taxonomy.
    private let taxonomyFile: String?
    /// A folder with the files of a directory, which stands for the folder's own.
    private let directoryFolder: String?

    package init(_ path: String, taxonomy: String? = nil, directory: String? = nil) {
        self.path = path
        taxonomyFile = taxonomy
        directoryFolder = directory
    }

    /// The same data with another taxonomy file, another folder of a directory's files, or both.
    package func replacing(taxonomy: String?, directory: String?) -> DataFolder {
        DataFolder(path, taxonomy: taxonomy ?? taxonomyFile, directory: directory ?? directoryFolder)
    }

    /// Finds the folder `Data`: where the environment says, beside the program, or in a folder above it (which is
    /// where a build in a checkout finds it).
    package static func find() throws -> DataFolder {
        if let path = ProcessInfo.processInfo.environment["COMITY_DATA"] { return DataFolder(path) }
        let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        var folder = program.deletingLastPathComponent()
        for _ in 0..<6 {
            let candidate = folder.appendingPathComponent("Data")
            if FileManager.default.fileExists(
                atPath: candidate.appendingPathComponent("codes/nlets.json").path)
            {
                return DataFolder(candidate.path)
            }
            folder.deleteLastPathComponent()
        }
        throw DataError(
            file: "Data", why: "it was not found beside the program or above it; set COMITY_DATA to its path")
    }

    /// The folder of the example policies that stand beside the data.
    package var examplePolicies: String {
        URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent("Examples/policies")
            .path
    }

    package func tables() throws -> CodeTables {
        let regions = try bytes(path + "/codes/regions.json")
        return try read(path + "/codes/nlets.json") { try CodeTables(json: $0, regions: regions) }
    }

    /// SHA-256 of the files of code tables, the regions after the codes.
    package func tablesHash() throws -> LedgerHash {
        var hash = SHA256()
        for file in ["nlets", "regions"] { hash.update(data: try bytes(path + "/codes/\(file).json")) }
        return LedgerHash(Array(hash.finalize()))!
    }

    package func taxonomy() throws -> Taxonomy {
        try read(taxonomyFile ?? path + "/taxonomy/taxonomy.json") { try Taxonomy(json: $0) }
    }

    /// The folder of the directory's files.
    var directoryFiles: String { directoryFolder ?? path + "/directory" }

    package func directory() throws -> Directory {
        func file(_ name: String) throws -> [UInt8] { try bytes(directoryFiles + "/" + name) }
        return try Directory(
            agencies: file("agencies.csv"), federal: file("federal.csv"),
            affiliations: file("affiliations.csv"), members: file("states.csv"),
            families: file("families.csv"), certifications: file("certifications.csv"))
    }

    private func read<Value>(_ file: String, _ make: ([UInt8]) throws -> Value) throws -> Value {
        do { return try make(bytes(file)) } catch let error as DataError { throw error } catch {
            throw DataError(file: file, why: "\(error)")
        }
    }

    private func bytes(_ file: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw DataError(file: file, why: "there is no such file, or it cannot be read")
        }
        return Array(data)
    }
}

/// A data file that cannot be used.
package struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    package let why: String

    package var description: String { "data file `\(file)`: \(why)" }
}
