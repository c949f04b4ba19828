/// Why a message cannot be searched for. Names elements, never values.
package enum RecordQueryError: Error, Hashable, Sendable {
    /// These elements are needed and are not there.
    case missing([String])
    /// This element is there and cannot be read.
    case unreadable(String)
}

extension RecordQueryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let prefixes):
            "the look-up lacks \(prefixes.map { "`\($0)`" }.joined(separator: ", ")); add them and ask again"
        case .unreadable("DOB"):
            "`DOB` is not a date; write it as ccyymmdd or mmddyy"
        case .unreadable("NAM"):
            "`NAM` is not a name; write it as last, comma, first, middle"
        case .unreadable(let prefix):
            "`\(prefix)` cannot be read; correct it and ask again"
        }
    }
}
