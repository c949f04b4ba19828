public import ComityPolicy
import FoundationEssentials

extension ExampleWorld {
    /// The paths of all policy files below `Examples/policies`, in the order of their names.
    public static let illustrations: [String] = {
        func below(_ folder: String) -> [String] {
            files(folder).flatMap { path -> [String] in
                path.hasSuffix(".policy") ? [path] : path.contains(".") ? [] : below(path)
            }
        }
        return below("Examples/policies")
    }()

    /// The names of the fixtures.
    public static let fixtures = [
        "alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliet", "kilo",
        "lima", "mike",
    ]

    /// A policy of a path from the root of the repository, with more text behind it.
    public static func illustration(_ path: String, adding more: String = "") -> Policy {
        let read = read(text(path) + "\n" + more)
        guard let policy = read.policy else { fatalError("\(path): \(read.diagnostics)") }
        return policy
    }

    /// A compiled fixture.
    public static func fixture(_ name: String, adding more: String = "") -> CompiledPolicy {
        CompiledPolicy(
            illustration("Examples/policies/fixtures/\(name).policy", adding: more), taxonomy: taxonomy)
    }
}
