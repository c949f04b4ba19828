import ComityService
import Foundation

/// Takes files of a directory into a home, as a version of their own.
enum DirectoryImport {
    /// The files of a directory, each known by the line that names its columns.
    private static let files = [
        "ori,ori_prefix,state,agency_name,agency_type": "agencies.csv",
        "ori,name,kind,member,family": "federal.csv", "ori,family,from,until,basis": "affiliations.csv",
        "ori,name,version,from,until,revoked,basis": "certifications.csv", "path,name": "families.csv",
        "member,ori_prefix,name,country": "states.csv",
    ]

    /// Makes a folder with all files of a directory: those given, and the older ones for the rest.
    ///
    /// - Parameters:
    ///   - path: a file, or a folder of files; what a file holds is known by its columns, whatever it is called.
    ///   - older: the folder of the directory in force.
    /// - Throws: `import-unreadable`, `import-unknown`.
    static func copy(_ path: String, over older: String, to folder: String) throws {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw unreadable(path)
        }
        let given =
            isFolder.boolValue
            ? try manager.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".csv") }.sorted()
                .map { path + "/" + $0 } : [path]
        guard !given.isEmpty else { throw unreadable(path) }
        try? manager.removeItem(atPath: folder)
        try manager.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for name in files.values { try put(older + "/" + name, folder + "/" + name) }
        var taken: Set<String> = []
        for file in given {
            guard let data = manager.contents(atPath: file) else { throw unreadable(file) }
            let header =
                String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
                .first { !$0.hasPrefix("#") }.map(String.init) ?? ""
            guard let name = files[header.trimmingCharacters(in: .whitespaces)] else {
                discard(folder)
                throw ServiceError(
                    "import-unknown",
                    "`\(file)` is no file of a directory: its columns are `\(header.prefix(80))`",
                    next: "docs/directory.md lists the files and their columns")
            }
            guard taken.insert(name).inserted else {
                discard(folder)
                throw ServiceError(
                    "import-twice", "`\(path)` holds two files with the columns of `\(name)`",
                    next: "import one of them")
            }
            try put(file, folder + "/" + name)
        }
    }

    static func discard(_ folder: String) { try? FileManager.default.removeItem(atPath: folder) }

    private static func put(_ from: String, _ to: String) throws {
        guard let data = FileManager.default.contents(atPath: from) else { throw unreadable(from) }
        try DurableFile.write(Array(data), to: to)
    }

    private static func unreadable(_ path: String) -> ServiceError {
        ServiceError(
            "import-unreadable", "`\(path)` is no file that can be read, nor a folder with `.csv` files",
            next: "check its name; the switch reads it, so it must be readable for the switch's user")
    }
}
