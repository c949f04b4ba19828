/// Why a file of code tables was not accepted.
public struct CodeTableError: Error, Hashable, CustomStringConvertible {
    /// Lower-case words that name the place.
    public let why: String

    public var description: String { why }

    static func words(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "it is not JSON" }
        let (context, missing): (DecodingError.Context, String?) =
            switch error {
            case .keyNotFound(let key, let context): (context, key.stringValue)
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context, nil)
            @unknown default: (DecodingError.Context(codingPath: [], debugDescription: "unknown"), nil)
            }
        let place = context.codingPath.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }
        let what = missing.map { "`\($0)` is missing" } ?? "the value does not fit"
        return place.isEmpty ? "\(what) at the top" : "\(what) at `\(place.joined(separator: " "))`"
    }

    static func index<Row, Key: Hashable>(
        _ rows: [Row], by key: (Row) -> Key, _ what: String
    ) throws(CodeTableError) -> [Key: Int] {
        var index: [Key: Int] = [:]
        for (position, row) in rows.enumerated() {
            guard index.updateValue(position, forKey: key(row)) == nil else {
                throw CodeTableError(why: "the \(what) `\(key(row))` stands twice in the code tables")
            }
        }
        return index
    }
}
