import ComityDirectory
import ComityPolicy
import ComityService
import Foundation

/// Reads the policies by which look-ups are judged in bulk: a file, or every `.policy` file of a folder.
enum JudgingPlace {
    static func judge(by place: String, taxonomy: Taxonomy, directory: Directory) throws -> BulkJudge {
        var owners: [Policy] = []
        var (floor, standard): (Policy?, Policy?)
        for file in try files(place) {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw ServiceError(
                    "file-unreadable", "the file `\(file)` cannot be read as UTF-8 text",
                    next: "check its name")
            }
            let (policy, diagnostics) = PolicyLanguage.read(
                text, file: file, taxonomy: taxonomy, directory: directory)
            guard let policy else {
                let first = diagnostics.first { $0.severity == .error }
                throw ServiceError(
                    "policy-unreadable",
                    first.map { "\(file):\($0.line):\($0.column): \($0.message)" }
                        ?? "the file `\(file)` cannot be used", next: "try `comity policy check` on it")
            }
            switch (file as NSString).lastPathComponent {
            case PolicyFolder.floorName: floor = policy
            case PolicyFolder.defaultName: standard = policy
            default: owners.append(policy)
            }
        }
        return try BulkJudge(
            owners, floor: floor, standard: standard, taxonomy: taxonomy, directory: directory)
    }

    private static func files(_ place: String) throws -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder.boolValue else {
            return [place]
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: place)
            .filter { $0.hasSuffix(".policy") }.sorted()
        guard !names.isEmpty else {
            throw ServiceError(
                "no-policies", "there is no policy file in the folder `\(place)`",
                next: "name a folder with files that end in `.policy`")
        }
        return names.map { "\(place)/\($0)" }
    }
}
