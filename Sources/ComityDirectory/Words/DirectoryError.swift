/// Why a directory file cannot be used. One bad row is enough: a directory with a hole in it could widen what
/// an agency gets.
public struct DirectoryError: Error, Hashable, Sendable {
    /// The name of the file, without a folder.
    public let file: String
    /// The line on which the offending row begins; the first line is 1.
    public let line: Int
    /// What is wrong, with the offending text in backticks.
    public let why: String
    /// What to do about it.
    public let next: String
}

extension DirectoryError: CustomStringConvertible {
    /// One line: where, why, what next.
    public var description: String { "\(file), line \(line): \(why); \(next)" }
}
