package import ComityMessages
import ComityService
import Foundation

/// The versions of a switch's configuration in its home, one file each, for good.
package struct VersionShelf: Sendable {
    private let folder: String

    package init(_ home: Home) { folder = home.versions }

    /// All versions, the oldest first.
    package func all() throws -> [SwitchVersion] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.compactMap { name in name.hasSuffix(".json") ? Int(name.dropLast(5)) : nil }
            .sorted().map(version)
    }

    /// The one in force; `nil` before the first start.
    package func latest() throws -> SwitchVersion? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.compactMap { $0.hasSuffix(".json") ? Int($0.dropLast(5)) : nil }.max().map(version)
    }

    /// - Throws: `version-unknown`.
    package func version(_ number: Int) throws -> SwitchVersion {
        guard let data = FileManager.default.contents(atPath: file(number)) else {
            throw ServiceError(
                "version-unknown", "there is no version \(number) of this switch's configuration",
                next: "see which there are with `comity configuration history`")
        }
        do { return try JSONDecoder().decode(SwitchVersion.self, from: data) } catch {
            throw ServiceError(
                "version-damaged", "the file `\(file(number))` cannot be read as a version",
                next: "compare it with a copy; the control ledger has its hash")
        }
    }

    func put(_ version: SwitchVersion) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try DurableFile.write(
            Array(try JSONEncoder.readable.encode(version)), to: file(version.number))
    }

    private func file(_ number: Int) -> String { folder + "/\(number).json" }

    /// The version that a start with a configuration file begins with: the one in force if the file says what it said
    /// then; else a new one, which keeps drained links and the imported directory.
    package func starting(_ base: NodeConfiguration, at now: Timestamp) throws -> SwitchVersion {
        guard let latest = try latest() else {
            return SwitchVersion(
                number: 1, since: now, cause: .start, base: base, drained: [], directory: nil)
        }
        return latest.base == base ? latest : latest.next(.start, at: now, base: base)
    }
}
