/// The tree of families.
struct FamilyTree: Hashable, Sendable {
    /// All families in alphabetical order of their paths.
    let families: [Family]
    private let index: [FamilyPath: Int]

    /// Reads `families.csv`: `path,name`, in any order; every family but a root needs the one above it.
    init(csv: [UInt8]) throws(DirectoryError) {
        var table = try Table(file: "families.csv", bytes: csv, columns: ["path", "name"])
        var names: [FamilyPath: (name: String, error: DirectoryError)] = [:]
        while try table.next() {
            let text = try table.required(0)
            guard let path = FamilyPath(text) else {
                throw table.error(
                    "`\(text)` is not a family path",
                    "write capitals and digits joined by periods, as US.DHS.ICE")
            }
            let orphan = table.error(
                "there is no family above `\(text)`", "add a row for `\(path.parent?.description ?? text)`")
            guard names.updateValue((try table.required(1), orphan), forKey: path) == nil else {
                throw table.error("family `\(text)` stands twice", "remove one of the rows")
            }
        }
        let paths = names.keys.sorted()
        var children: [FamilyPath: [FamilyPath]] = [:]
        for path in paths {
            guard let parent = path.parent else { continue }
            guard names[parent] != nil else { throw names[path]!.error }
            children[parent, default: []].append(path)
        }
        families = paths.map { Family(path: $0, name: names[$0]!.name, children: children[$0] ?? []) }
        index = Dictionary(uniqueKeysWithValues: paths.enumerated().map { ($1, $0) })
    }

    func family(_ path: FamilyPath) -> Family? { index[path].map { families[$0] } }
}
