package import ComityDirectory
package import ComityLedger
package import ComityMessages
package import ComityPolicy
import Crypto
import Foundation

/// The versioned data that came with the program: code tables, directory, taxonomy.
package struct DataFolder: Hashable, Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

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

    package func tables() throws -> CodeTables { try read("codes/nlets.json") { try CodeTables(json: $0) } }

    /// SHA-256 of the file of code tables.
    package func tablesHash() throws -> LedgerHash {
        LedgerHash(Array(SHA256.hash(data: try bytes("codes/nlets.json"))))!
    }

    package func taxonomy() throws -> Taxonomy {
        try read("taxonomy/taxonomy.json") { try Taxonomy(json: $0) }
    }

    package func directory() throws -> Directory {
        try Directory(
            agencies: bytes("directory/agencies.csv"), federal: bytes("directory/federal.csv"),
            affiliations: bytes("directory/affiliations.csv"), members: bytes("directory/states.csv"),
            families: bytes("directory/families.csv"),
            certifications: bytes("directory/certifications.csv"))
    }

    private func read<Value>(_ name: String, _ make: ([UInt8]) throws -> Value) throws -> Value {
        do { return try make(bytes(name)) } catch let error as DataError { throw error } catch {
            throw DataError(file: path + "/" + name, why: "\(error)")
        }
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path + "/" + name) else {
            throw DataError(file: path + "/" + name, why: "there is no such file, or it cannot be read")
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
