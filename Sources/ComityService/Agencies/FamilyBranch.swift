package import ComityDirectory

/// A family with all below it, for a reader.
package struct FamilyBranch: Hashable, Sendable, Encodable {
    package let path: String
    package let name: String
    /// How many agencies stand in this family itself.
    package let agencies: Int
    /// How many stand in it or below it.
    package let agenciesBelow: Int
    package let children: [FamilyBranch]
}

extension Directory {
    /// The whole tree, or the branch below one family.
    package func branches(of path: FamilyPath?) throws(ServiceError) -> [FamilyBranch] {
        var counts: [FamilyPath: Int] = [:]
        for agency in agencies { if let family = agency.family { counts[family, default: 0] += 1 } }
        if let path {
            guard family(path) != nil else {
                throw ServiceError(
                    "family-unknown", "the directory (version \(version)) has no family `\(path)`",
                    next: "`comity agency family` shows the whole tree")
            }
            return [branch(path, counts)]
        }
        return families.filter { $0.path.parent == nil }.map { branch($0.path, counts) }
    }

    private func branch(_ path: FamilyPath, _ counts: [FamilyPath: Int]) -> FamilyBranch {
        let children = (family(path)?.children ?? []).map { branch($0, counts) }
        let own = counts[path] ?? 0
        return FamilyBranch(
            path: path.description, name: family(path)?.name ?? path.description, agencies: own,
            agenciesBelow: own + children.reduce(0) { $0 + $1.agenciesBelow }, children: children)
    }
}
