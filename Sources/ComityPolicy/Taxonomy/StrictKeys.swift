/// A part of a file whose keys are all known.
protocol KnownKeys {
    static var keys: Set<String> { get }
}

/// Reads a part of a file and refuses keys that nobody knows: a misspelt key that is passed over in silence would
/// change what a policy means.
struct Strict<Value: Decodable & KnownKeys>: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
        if let unknown = keys.first(where: { !Value.keys.contains($0) }) {
            let place = TaxonomyFile.place(decoder.codingPath)
            let help = Suggestion.sentence(for: unknown, among: Value.keys)
            throw TaxonomyError(
                why: "unknown key `\(unknown)`\(place)"
                    + (help.isEmpty ? "; known: \(Value.keys.sorted().joined(separator: ", "))" : "; \(help)")
            )
        }
        value = try Value(from: decoder)
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

extension TaxonomyFile {
    /// ` in facts, entry 3`: where in the file, in words.
    static func place(_ path: [any CodingKey]) -> String {
        let parts = path.map { key in key.intValue.map { "entry \($0 + 1)" } ?? "`\(key.stringValue)`" }
        return parts.isEmpty ? "" : " in " + parts.joined(separator: ", ")
    }

    /// What is wrong with the form of the file.
    static func words(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            "`\(key.stringValue)` is missing\(place(context.codingPath))"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "a value of another type is expected\(place(context.codingPath))"
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            "a value cannot be used\(place(context.codingPath))"
        default: "the file is not JSON"
        }
    }
}
