import Crypto

/// The canonical form of a policy as JSON. Its SHA-256 is the policy's identity.
///
/// It holds everything that a file says, comments included, and nothing of how it is laid out: two files that differ
/// only in spaces, line breaks, the order of rules or of the clauses within a rule have one canonical form.
public enum CanonicalPolicy {
    /// The canonical form of a file.
    ///
    /// - Parameters:
    ///   - text: the file. Its words are not looked up.
    ///   - file: its name, for diagnostics only.
    /// - Returns: the bytes, or `nil` if the file cannot be read; and what is wrong with it.
    public static func json(of text: String, file: String) -> (json: [UInt8]?, diagnostics: [Diagnostic]) {
        var findings = Findings(file: file)
        let syntax = Parser.parse(text, findings: &findings)
        guard !findings.hasErrors else { return (nil, findings.sorted) }
        return (json(of: syntax), [])
    }

    static func json(of syntax: PolicySyntax) -> [UInt8] {
        CanonicalForm.of(syntax, PolicyNotes(syntax)).bytes
    }

    /// SHA-256 of the canonical form; 32 bytes.
    static func identity(of syntax: PolicySyntax) -> [UInt8] { Array(SHA256.hash(data: json(of: syntax))) }

    /// The file that a canonical form stands for, in the house form.
    ///
    /// Spaces between the values and the order of keys do not matter; keys that nobody knows, and anything that the
    /// language cannot say, are errors.
    public static func text(ofJSON bytes: [UInt8]) throws(CanonicalFormError) -> String {
        guard bytes.count <= longest else {
            throw CanonicalFormError(place: "", why: "the text has more than \(longest) bytes")
        }
        let root: JSONText
        do {
            root = try JSONReader.read(bytes)
        } catch {
            throw CanonicalFormError(place: "line \(error.line)", why: error.why)
        }
        let reader = try CanonicalReader(root)
        let text = PolicyText.write(reader.syntax, reader.notes)
        var findings = Findings(file: "")
        let syntax = Parser.parse(text, findings: &findings)
        if let first = findings.sorted.first(where: { $0.severity == .error }) {
            throw CanonicalFormError(
                place: "", why: "it says something that the language cannot: \(first.message)")
        }
        let again = CanonicalForm.of(syntax, PolicyNotes(syntax))
        guard again == root else {
            throw CanonicalFormError(
                place: difference(root, again, "") ?? "",
                why: "it is not written here as the canonical form writes it")
        }
        return text
    }

    /// Escapes and keys take more room than the language.
    private static let longest = 16 * Limits.fileLength

    /// Where two values differ first.
    private static func difference(_ a: JSONText, _ b: JSONText, _ place: String) -> String? {
        func inner(_ key: String) -> String { place.isEmpty ? key : "\(place), \(key)" }
        switch (a, b) {
        case (.object(let one), .object(let other)):
            for key in Set(one.keys).union(other.keys).sorted() {
                guard let x = one[key], let y = other[key] else { return inner(key) }
                if let found = difference(x, y, inner(key)) { return found }
            }
            return nil
        case (.array(let one), .array(let other)):
            for (number, (x, y)) in zip(one, other).enumerated() {
                if let found = difference(x, y, inner("entry \(number + 1)")) { return found }
            }
            return one.count == other.count ? nil : place
        default: return a == b ? nil : place
        }
    }
}
