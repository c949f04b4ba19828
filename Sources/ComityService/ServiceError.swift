/// Why Comity cannot do what a person asked: what, why, and what to do next.
package struct ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A stable word for programs.
    package let code: String
    /// What is wrong, where and why, with the offending text in backticks.
    package let what: String
    /// What to do.
    package let next: String

    package init(_ code: String, _ what: String, next: String) {
        self.code = code
        self.what = what
        self.next = next
    }

    package var description: String { next.isEmpty ? what : "\(what); \(next)" }
}
