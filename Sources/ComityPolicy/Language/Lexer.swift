/// A place in a file.
struct Span: Hashable, Sendable {
    /// The first line is 1.
    var line: Int
    /// The first character of a line is 1.
    var column: Int
}

/// One word, text in quotes or mark of a policy file.
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable { case word, text, comma, open, close, end }

    var kind: Kind
    /// The characters; of a text, those between the quotes.
    var text: String
    var span: Span
    /// Whether it is the first on its line.
    var startsLine: Bool

    /// For messages.
    var shown: String {
        switch kind {
        case .word: "`\(text)`"
        case .text: "the text `\(text.prefix(40))`"
        case .comma: "`,`"
        case .open: "`(`"
        case .close: "`)`"
        case .end: "the end of the file"
        }
    }
}

/// A comment, kept for whoever writes the file out again.
struct Comment: Hashable, Sendable {
    var text: String
    var span: Span
    /// Whether nothing else stands before it on its line.
    var standsAlone: Bool
}

/// Cuts a file into tokens. Works on bytes and never stops: what it cannot read is reported and left out.
struct Lexer {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var lineStart = 0
    private var startsLine = true
    private var counted = 0
    private var column = 1
    private(set) var comments: [Comment] = []

    init(_ text: String) { bytes = Array(text.utf8) }

    /// All tokens, the last of which is `end`.
    mutating func tokens(findings: inout Findings) -> [Token] {
        var tokens: [Token] = []
        while position < bytes.count, tokens.count < Limits.tokens {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\n"):
                position += 1
                line += 1
                lineStart = position
                startsLine = true
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: "#"): comments.append(comment())
            case UInt8(ascii: ","): tokens.append(mark(.comma))
            case UInt8(ascii: "("): tokens.append(mark(.open))
            case UInt8(ascii: ")"): tokens.append(mark(.close))
            case UInt8(ascii: "\""): tokens.append(quoted(&findings))
            case _ where Self.isOfWord(byte): tokens.append(word())
            default: skipUnreadable(&findings)
            }
        }
        if tokens.count >= Limits.tokens {
            findings.error(
                "file-too-long", at: span, "more than \(Limits.tokens) words",
                help: "split the policy or shorten it")
        }
        tokens.append(Token(kind: .end, text: "", span: span, startsLine: true))
        return tokens
    }

    /// Where the next byte stands. Counts on from the last call: counting each line anew for each word would
    /// take a time that grows with the square of its length.
    private var span: Span {
        mutating get {
            if counted < lineStart {
                counted = lineStart
                column = 1
            }
            // Characters count, not bytes: a byte that continues a character is none of its own.
            while counted < position {
                column += bytes[counted] & 0xC0 == 0x80 ? 0 : 1
                counted += 1
            }
            return Span(line: line, column: column)
        }
    }

    private mutating func token(_ kind: Token.Kind, _ text: String, _ span: Span) -> Token {
        defer { startsLine = false }
        return Token(kind: kind, text: text, span: span, startsLine: startsLine)
    }

    private mutating func mark(_ kind: Token.Kind) -> Token {
        let here = span
        position += 1
        return token(kind, "", here)
    }

    private mutating func word() -> Token {
        let here = span
        let start = position
        while position < bytes.count, Self.isOfWord(bytes[position]) { position += 1 }
        return token(.word, String(decoding: bytes[start..<position], as: UTF8.self), here)
    }

    private mutating func quoted(_ findings: inout Findings) -> Token {
        let here = span
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""),
            bytes[position] != UInt8(ascii: "\n")
        {
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
            position += 1
        } else {
            findings.error(
                "open-text", at: here, "the text that begins here has no closing quote",
                help: "end it with `\"` on the same line")
        }
        if text.utf8.count > Limits.textLength {
            findings.error("text-too-long", at: here, "a text of more than \(Limits.textLength) bytes")
        }
        return token(.text, text, here)
    }

    private mutating func comment() -> Comment {
        let here = span
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        return Comment(
            text: String(decoding: bytes[start..<position], as: UTF8.self), span: here,
            standsAlone: startsLine)
    }

    private mutating func skipUnreadable(_ findings: inout Findings) {
        let here = span
        let start = position
        position += 1
        while position < bytes.count, bytes[position] & 0xC0 == 0x80 { position += 1 }
        let shown = String(decoding: bytes[start..<position], as: UTF8.self)
        let quotes: [String] = ["“", "”", "„", "«", "»", "‘", "’", "'"]
        findings.error(
            "unreadable-character", at: here, "`\(shown)` has no meaning here",
            help: quotes.contains(shown) ? "write texts in straight quotes: \"...\"" : "take it out")
    }

    static func isOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "?"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
