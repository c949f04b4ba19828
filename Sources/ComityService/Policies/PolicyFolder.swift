package import ComityDirectory
package import ComityExchange
package import ComityMessages
package import ComityPolicy

/// The policy files of a switch: one for each owner, named after it (`WA.policy`), and the network's own two.
package struct PolicyFolder: Sendable {
    /// A file as it was read.
    package enum File: Sendable {
        case good(Policy)
        /// It cannot be used; the words say why.
        case damaged(why: String)
    }

    package let defaultPolicy: Policy
    package let floor: Policy
    /// The owners' files by owner.
    package let owners: [MemberCode: File]

    package static let defaultName = "network-default.policy"
    package static let floorName = "network-floor.policy"

    /// Reads the files of a folder. The network's own files must be good; an owner's damaged file is that owner's
    /// matter only.
    ///
    /// - Parameters:
    ///   - path: where the folder is, for errors only.
    ///   - texts: the texts of all files ending in `.policy`, by name; `nil` where one is no readable UTF-8.
    package init(
        path: String, texts: [String: String?], taxonomy: Taxonomy, directory: Directory
    ) throws(PolicyFolderError) {
        func read(_ name: String) -> File {
            guard let found = texts[name], let text = found else {
                return .damaged(why: "it cannot be read as UTF-8 text")
            }
            let (policy, diagnostics) = PolicyLanguage.read(
                text, file: name, taxonomy: taxonomy, directory: directory)
            if let policy { return .good(policy) }
            let first = diagnostics.first { $0.severity == .error }
            return .damaged(why: first.map { "line \($0.line): \($0.message)" } ?? "it has errors")
        }
        func network(_ name: String) throws(PolicyFolderError) -> Policy {
            switch read(name) {
            case .good(let policy) where policy.isNetwork: return policy
            case .good:
                throw PolicyFolderError(file: path + "/" + name, why: "its owner is not the network (`NL`)")
            case .damaged(let why): throw PolicyFolderError(file: path + "/" + name, why: why)
            }
        }
        defaultPolicy = try network(Self.defaultName)
        floor = try network(Self.floorName)
        var owners: [MemberCode: File] = [:]
        for name in texts.keys.sorted() where ![Self.defaultName, Self.floorName].contains(name) {
            let stem = String(name.dropLast(".policy".count))
            guard let owner = MemberCode(stem) else {
                throw PolicyFolderError(
                    file: path + "/" + name, why: "a policy file is named after its owner: `WA.policy`")
            }
            owners[owner] = read(name)
            if case .good(let policy) = owners[owner], policy.owner != owner {
                owners[owner] = .damaged(why: "it says that its owner is `\(policy.owner)`")
            }
        }
        self.owners = owners
    }

    /// A rulebook with the network's own policies; the owners' come into it by `Activation`.
    package func base(taxonomy: Taxonomy, directory: Directory) -> Rulebook {
        Rulebook(
            taxonomy: taxonomy, directory: directory,
            defaultPolicy: CompiledPolicy(defaultPolicy, taxonomy: taxonomy, directory: directory),
            floor: CompiledPolicy(floor, taxonomy: taxonomy, directory: directory))
    }
}

/// A policy folder that a switch cannot start with.
package struct PolicyFolderError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    package let why: String

    package init(file: String, why: String) {
        self.file = file
        self.why = why
    }

    package var description: String {
        "policy file `\(file)`: \(why); try `comity policy check` on it, the switch does not start without it"
    }
}
