package import ComityDirectory
import ComityMessages
package import ComityPolicy

/// What is found in a policy file, and what its tests say.
package struct PolicyReview: Sendable, Encodable {
    /// A finding with the line of the file and a mark under the place.
    package struct Finding: Hashable, Sendable, Encodable {
        package let diagnostic: Diagnostic
        /// The line of the file and below it a caret.
        package let excerpt: [String]
    }

    /// One test of the file.
    package struct TestResult: Hashable, Sendable, Encodable {
        package let title: String
        package let line: Int
        /// What was expected and did not come; empty if it passed.
        package let failures: [String]
        package let passed: Bool
    }

    /// One promise of the file.
    package struct PromiseReview: Hashable, Sendable, Encodable {
        package let title: String
        package let line: Int
        package let kept: Bool
        /// `enumeration`, `sample` or `exact`: how it was found out.
        package let method: String
        /// How many look-ups were tried; `nil` if all were reasoned about at once.
        package let tried: Int?
        /// The method in words.
        package let proof: String
        /// A look-up that breaks it, in words.
        package let witness: String?
    }

    package let file: String
    package let owner: String?
    package let title: String?
    package let version: Int?
    package let rules: Int?
    package let findings: [Finding]
    /// `nil` if the tests were not run.
    package let tests: [TestResult]?

    /// The promises, in the order of the file; `nil` if it cannot be used.
    package let promises: [PromiseReview]?

    /// Whether it can be used, its promises are kept and, if its tests were run, all of them passed.
    package var isGood: Bool {
        owner != nil && (tests ?? []).allSatisfy(\.passed) && (promises ?? []).allSatisfy(\.kept)
    }

    package init(
        _ text: String, file: String, taxonomy: Taxonomy, directory: Directory, runsTests: Bool
    ) {
        let (policy, diagnostics) = PolicyLanguage.read(
            text, file: file, taxonomy: taxonomy, directory: directory)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        self.file = file
        owner = policy.map { $0.isNetwork ? "network" : $0.owner.description }
        title = policy?.title
        version = policy?.version
        rules = policy?.rules.count
        findings = diagnostics.map { Finding(diagnostic: $0, excerpt: Self.excerpt($0, lines)) }
        tests =
            runsTests
            ? policy.map { policy in
                PolicyTests.run(policy, taxonomy: taxonomy, directory: directory).map {
                    TestResult(title: $0.title, line: $0.line, failures: $0.failures, passed: $0.passed)
                }
            } : nil
        promises = policy.map { policy in
            let compiled = CompiledPolicy(policy, taxonomy: taxonomy, directory: directory)
            return PolicyPromises.check(compiled, directory: directory).map {
                PromiseReview($0, taxonomy: taxonomy, directory: directory)
            }
        }
    }

    private static func excerpt(_ diagnostic: Diagnostic, _ lines: [String]) -> [String] {
        guard lines.indices.contains(diagnostic.line - 1) else { return [] }
        let line = lines[diagnostic.line - 1]
        // A tab before the place stays a tab, so that the caret stands under it on every screen.
        let before = line.prefix(max(0, diagnostic.column - 1)).map { $0 == "\t" ? "\t" : " " }
        return [line, before.joined() + "^"]
    }
}

extension PolicyReview.PromiseReview {
    fileprivate init(_ result: PromiseResult, taxonomy: Taxonomy, directory: Directory) {
        title = result.promise.title
        line = result.promise.line
        kept = result.isKept
        proof = result.proof.words
        switch result.proof {
        case .complete(let count): (method, tried) = ("enumeration", count)
        case .sampled(let count): (method, tried) = ("sample", count)
        case .exact: (method, tried) = ("exact", nil)
        }
        witness =
            if case .broken(let witness) = result.outcome {
                witness.sentence(taxonomy: taxonomy, directory: directory)
            } else { nil }
    }
}
