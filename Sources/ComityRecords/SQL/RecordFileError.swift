/// Why a file of records cannot be written or used. Never repeats a value of a record.
package struct RecordFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path of the file.
    package let file: String
    /// What went wrong.
    package let why: String
    /// What to do about it.
    package let next: String

    package var description: String { "record file `\(file)`: \(why); \(next)" }
}
