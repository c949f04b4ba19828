import Foundation

/// How many random cases a property test tries.
public enum Cases {
    /// What the environment's `COMITY_CASES` says, or a number that keeps a debug run short.
    public static func number(_ usual: Int) -> Int {
        ProcessInfo.processInfo.environment["COMITY_CASES"].flatMap { Int($0) } ?? usual
    }
}
