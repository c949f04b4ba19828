/// Why a text is not the canonical form of a policy.
public struct CanonicalFormError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where: `rules, entry 3, who`, or a line.
    public let place: String
    /// What is wrong.
    public let why: String

    public var description: String { place.isEmpty ? why : "\(place): \(why)" }
}

/// The fields of one JSON object, each taken once.
struct Fields {
    let place: String
    private var left: [String: JSONText]

    init(_ value: JSONText, _ place: String) throws(CanonicalFormError) {
        guard case .object(let fields) = value else {
            throw CanonicalFormError(place: place, why: "an object is expected here")
        }
        self.place = place
        left = fields
    }

    func failure(_ why: String) -> CanonicalFormError { CanonicalFormError(place: place, why: why) }

    func inner(_ key: String) -> String { place.isEmpty ? key : "\(place), \(key)" }

    func has(_ key: String) -> Bool { left[key] != nil }

    mutating func value(_ key: String) -> JSONText? { left.removeValue(forKey: key) }

    private func expected(_ what: String, _ key: String) -> CanonicalFormError {
        CanonicalFormError(place: inner(key), why: "\(what) is expected here")
    }

    mutating func text(_ key: String) throws(CanonicalFormError) -> Token? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value, Token.canBeQuoted(text) else {
            throw expected("a text without quotes and line breaks", key)
        }
        return Token(text: text, kind: .text)
    }

    mutating func word(_ key: String) throws(CanonicalFormError) -> Token? {
        guard let value = value(key) else { return nil }
        guard case .string(let text) = value, Token.isWord(text) else { throw expected("a word", key) }
        return Token(text: text, kind: .word)
    }

    /// A word that must be there.
    mutating func needed(_ key: String) throws(CanonicalFormError) -> Token {
        guard let word = try word(key) else { throw failure("`\(key)` is missing") }
        return word
    }

    mutating func number(_ key: String) throws(CanonicalFormError) -> Token? {
        guard let value = value(key) else { return nil }
        guard case .number(let number) = value, (0...1_000_000_000).contains(number) else {
            throw expected("a whole number from 0 on", key)
        }
        return Token(text: String(number), kind: .word)
    }

    mutating func flag(_ key: String) throws(CanonicalFormError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let flag) = value else { throw expected("true or false", key) }
        return flag
    }

    mutating func list(_ key: String) throws(CanonicalFormError) -> [JSONText]? {
        guard let value = value(key) else { return nil }
        guard case .array(let list) = value else { throw expected("a list", key) }
        return list
    }

    /// A list of words, or of texts.
    mutating func tokens(_ key: String, areTexts: Bool = false) throws(CanonicalFormError) -> [Token]? {
        guard let list = try list(key) else { return nil }
        var tokens: [Token] = []
        for value in list {
            guard case .string(let text) = value, Token.canBeQuoted(text) else {
                throw expected("a list of texts", key)
            }
            tokens.append(Token(text: text, kind: areTexts ? .text : .word))
        }
        return tokens
    }

    /// Whether a mark that can only be `not-on-file` is there.
    mutating func notOnFile(_ key: String) throws(CanonicalFormError) -> Token? {
        guard let word = try word(key) else { return nil }
        guard word.text == "not-on-file" else { throw expected("`not-on-file`", key) }
        return word
    }

    /// Nothing may be left over.
    func end() throws(CanonicalFormError) {
        if let key = left.keys.sorted().first { throw failure("the key `\(key)` is not known here") }
    }
}

extension Token {
    init(text: String, kind: Kind) {
        self.init(kind: kind, text: text, span: Span(line: 1, column: 1), startsLine: false)
    }

    /// Whether it can stand between quotes.
    static func canBeQuoted(_ text: String) -> Bool {
        !text.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") }
    }

    static func isWord(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(Lexer.isOfWord) }
}
