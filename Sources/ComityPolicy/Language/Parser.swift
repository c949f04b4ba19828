/// Reads tokens into a syntax tree. After an error it goes on with the next rule, so that one run reports many.
struct Parser {
    private let tokens: [Token]
    private var position = 0
    var findings: Findings
    var depth = 0

    static func parse(_ text: String, findings: inout Findings) -> PolicySyntax {
        guard text.utf8.count <= Limits.fileLength else {
            findings.error(
                "file-too-long", at: Span(line: 1, column: 1),
                "the file has more than \(Limits.fileLength) bytes", help: "split the policy or shorten it")
            return PolicySyntax()
        }
        var lexer = Lexer(text)
        let tokens = lexer.tokens(findings: &findings)
        var parser = Parser(tokens: tokens, findings: findings)
        var syntax = parser.file()
        syntax.comments = lexer.comments
        findings = parser.findings
        return syntax
    }

    private init(tokens: [Token], findings: Findings) {
        self.tokens = tokens
        self.findings = findings
    }

    // MARK: Tokens

    // INVARIANT: the last token is `end`, and nothing steps over it.
    var next: Token { tokens[position] }

    /// The token after the next.
    var second: Token { tokens[min(position + 1, tokens.count - 1)] }

    @discardableResult mutating func take() -> Token {
        defer { if position < tokens.count - 1 { position += 1 } }
        return next
    }

    /// Whether the next token is one of some words, as a word of the language.
    func isNext(_ words: String...) -> Bool { next.kind == .word && words.contains(next.text) }

    /// Takes the next token if it is this word.
    mutating func takeIf(_ word: String) -> Token? { isNext(word) ? take() : nil }

    /// Takes a word that is no word of the language, or reports what was expected.
    mutating func takeName(_ expected: String) -> Token? {
        guard next.kind == .word, !Keywords.all.contains(next.text) else {
            report("expected \(expected) but found \(next.shown)")
            return nil
        }
        return take()
    }

    mutating func takeText(_ expected: String) -> Token? {
        guard next.kind == .text else {
            report("expected \(expected) in quotes but found \(next.shown)")
            return nil
        }
        return take()
    }

    mutating func report(_ message: String, help: String = "") {
        findings.error("unexpected", at: next.span, message, help: help)
    }

    // MARK: File

    private mutating func file() -> PolicySyntax {
        var syntax = PolicySyntax()
        while next.kind != .end {
            let start = position
            block(into: &syntax)
            if position == start { take() }
        }
        syntax.end = next.span
        return syntax
    }

    private mutating func block(into syntax: inout PolicySyntax) {
        switch next.kind == .word ? next.text : "" {
        case "policy":
            let keyword = next
            let header = header()
            if syntax.header == nil {
                syntax.header = header
            } else {
                findings.error("second-header", at: keyword.span, "a file holds one policy", help: "")
            }
        case "define":
            if let definition = definition() { syntax.definitions.append(definition) } else { recover() }
        case "test":
            syntax.tests.append(test())
        case let word where Keywords.rules.contains(word):
            if let rule = rule() { syntax.rules.append(rule) } else { recover() }
        case let word where Keywords.later.contains(word):
            findings.error(
                "not-yet", at: next.span,
                "`\(word)` is a word of the language, but this version cannot enforce it",
                help: "take the rule out; a rule that is not enforced must not stand in a policy in force")
            take()
            recover()
        default:
            let help = Suggestion.sentence(for: next.text, among: Keywords.blocks)
            report("expected a rule, `define` or `test` but found \(next.shown)", help: help)
            take()
            recover()
        }
    }

    /// Goes on at the next line that begins with a word that opens a block.
    mutating func recover() {
        while next.kind != .end {
            if next.startsLine, next.kind == .word,
                Keywords.blocks.contains(next.text) || Keywords.later.contains(next.text)
            {
                // `notify` and the like open a block only in front of a name or text.
                return
            }
            take()
        }
    }

    private mutating func header() -> PolicySyntax.Header? {
        take()
        guard next.kind == .word else {
            report("expected a member code such as `WA` but found \(next.shown)")
            recover()
            return nil
        }
        var header = PolicySyntax.Header(owner: take())
        if next.kind == .text { header.title = take() }
        while next.kind == .word {
            switch next.text {
            case "version": header.version = clauseWord(header.version, "a number")
            case "effective": header.effective = clauseWord(header.effective, "a date such as 2026-01-15")
            case "until": header.until = clauseWord(header.until, "a date such as 2026-01-15")
            case "taxonomy": header.taxonomy = clauseWord(header.taxonomy, "a version such as 2026.2")
            default: return header
            }
        }
        return header
    }

    /// A keyword and one word after it, once.
    mutating func clauseWord(_ earlier: Token?, _ expected: String) -> Token? {
        let keyword = take()
        if earlier != nil { reportTwice(keyword) }
        guard next.kind == .word, !Keywords.all.contains(next.text) else {
            report("expected \(expected) but found \(next.shown)")
            return earlier
        }
        return take()
    }

    mutating func reportTwice(_ keyword: Token) {
        findings.error(
            "said-twice", at: keyword.span, "`\(keyword.text)` is said twice", help: "keep one of them")
    }

    private mutating func definition() -> DefinitionSyntax? {
        take()
        guard let name = takeName("a name") else { return nil }
        guard takeIf("as") != nil else {
            report("expected `as` but found \(next.shown)", help: "write: define name as condition")
            return nil
        }
        return DefinitionSyntax(name: name, condition: condition())
    }
}
