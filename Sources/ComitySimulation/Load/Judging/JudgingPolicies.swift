import ComityDirectory
import ComityMessages
import ComityNode
import ComityPolicy
import Foundation

/// The policies that the judging benchmark measures.
struct JudgingPolicies {
    let data: DataFolder
    let taxonomy: Taxonomy
    let directory: Directory

    private static let examples = ["WA", "NY", "TX", "network-default", "network-floor"]

    /// The example policies, by the names of their files.
    func examples() throws -> [(name: String, policy: Policy)] {
        try Self.examples.map { name in
            let path = data.examplePolicies + "/\(name).policy"
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw JudgingBenchmark.Failure(description: "the example policy `\(path)` cannot be read")
            }
            return (name, try read(text, name: name))
        }
    }

    /// One policy of twenty rules for each owner.
    func reference(owners: [MemberCode]) throws -> [Policy] {
        try owners.enumerated().map { block, owner in
            try read(ReferencePolicies.text(owner: owner, blocks: block..<(block + 1)), name: "\(owner)")
        }
    }

    /// One policy with so many rules.
    func large(owner: MemberCode, rules: Int) throws -> Policy {
        let blocks = rules / ReferencePolicies.rulesEach
        return try read(ReferencePolicies.text(owner: owner, blocks: 0..<blocks), name: "large")
    }

    private func read(_ text: String, name: String) throws -> Policy {
        let (policy, diagnostics) = PolicyLanguage.read(
            text, file: name, taxonomy: taxonomy, directory: directory)
        guard let policy else {
            let why = diagnostics.first { $0.severity == .error }
            throw JudgingBenchmark.Failure(
                description: "policy `\(name)`, line \(why?.line ?? 0): \(why?.message ?? "unusable")")
        }
        return policy
    }
}
