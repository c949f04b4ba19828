/// One finding about a policy file.
public struct Diagnostic: Hashable, Sendable, Codable {
    /// An error keeps the file from being used; a warning does not. A note is nothing to mend.
    public enum Severity: String, Hashable, Sendable, Codable { case error, warning, note }

    public let severity: Severity
    /// A stable name, for example `unknown-family`.
    public let code: String
    /// The file, as named by the caller.
    public let file: String
    /// The line; the first is 1.
    public let line: Int
    /// The character within the line; the first is 1.
    public let column: Int
    /// What is wrong, with the offending text in backticks.
    public let message: String
    /// What to do about it; empty when the message says it.
    public let help: String
}

extension Diagnostic: CustomStringConvertible {
    /// `WA.policy:12:8: error: unknown family `US.DSH` [unknown-family]; did you mean `US.DHS`?`
    public var description: String {
        let place = "\(file):\(line):\(column): \(severity.rawValue): \(message) [\(code)]"
        return help.isEmpty ? place : "\(place); \(help)"
    }
}
