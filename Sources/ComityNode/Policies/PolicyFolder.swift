package import ComityDirectory
package import ComityMessages
package import ComityPolicy
import Foundation

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

    /// Reads a folder. The network's own files must be good; an owner's damaged file is that owner's matter only.
    package init(path: String, taxonomy: Taxonomy, directory: Directory) throws(PolicyFolderError) {
        func read(_ name: String) -> File {
            guard let text = try? String(contentsOfFile: path + "/" + name, encoding: .utf8) else {
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
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        for name in names
        where name.hasSuffix(".policy") && ![Self.defaultName, Self.floorName].contains(name) {
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
}

/// A policy folder that a switch cannot start with.
package struct PolicyFolderError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    package let why: String

    package var description: String {
        "policy file `\(file)`: \(why); try `comity policy check` on it, the switch does not start without it"
    }
}
