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
        syntax.comments = CommentPlaces.of(lexer.comments, items: syntax.items)
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

    /// Where the last token taken begins.
    var previous: Span { tokens[max(0, position - 1)].span }

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
            let first = next.span
            let kind = block(into: &syntax)
            if position == start { take() }
            if let kind { syntax.items.append(ItemSyntax(kind: kind, first: first, last: previous)) }
        }
        syntax.end = next.span
        return syntax
    }

    /// Reads one item; what it is, if it could be read.
    private mutating func block(into syntax: inout PolicySyntax) -> ItemSyntax.Kind? {
        switch next.kind == .word ? next.text : "" {
        case "policy":
            let keyword = next
            let header = header()
            guard syntax.header == nil else {
                findings.error("second-header", at: keyword.span, "a file holds one policy", help: "")
                return nil
            }
            syntax.header = header
            return .header
        case "define":
            if let definition = definition() {
                syntax.definitions.append(definition)
                return .definition(syntax.definitions.count - 1)
            }
        case "treat":
            if let treatment = treatment() {
                syntax.treatments.append(treatment)
                return .treatment(syntax.treatments.count - 1)
            }
        case "promise":
            if let promise = promise() {
                syntax.promises.append(promise)
                return .promise(syntax.promises.count - 1)
            }
        case "test":
            syntax.tests.append(test())
            return .test(syntax.tests.count - 1)
        case let word where Keywords.rules.contains(word):
            if let rule = rule() {
                syntax.rules.append(rule)
                return .rule(syntax.rules.count - 1)
            }
        default:
            let help = Suggestion.sentence(for: next.text, among: Keywords.blocks)
            report("expected a rule, `define` or `test` but found \(next.shown)", help: help)
            take()
        }
        recover()
        return nil
    }

    /// Goes on at the next line that begins with a word that opens a block.
    mutating func recover() {
        while next.kind != .end {
            if isAtBlock { return }
            take()
        }
    }

    /// Whether the next word is the first on its line and opens a block.
    var isAtBlock: Bool {
        next.startsLine && next.kind == .word && Keywords.blocks.contains(next.text)
    }

    private mutating func header() -> PolicySyntax.Header? {
        take()
        guard next.kind == .word else {
            report("expected a member code such as `WA` but found \(next.shown)")
            recover()
            return nil
        }
        let first = previous
        var header = PolicySyntax.Header(owner: take())
        if next.kind == .text { header.title = take() }
        header.parts.append(PartSpan(name: .head, first: first, last: previous))
        while next.kind == .word {
            let name: PartName = isNext("record-refusals") ? .refusals : .version
            let start = next.span
            defer { header.parts.append(PartSpan(name: name, first: start, last: previous)) }
            switch next.text {
            case "version": header.version = clauseWord(header.version, "a number")
            case "effective": header.effective = clauseWord(header.effective, "a date such as 2026-01-15")
            case "until": header.until = clauseWord(header.until, "a date such as 2026-01-15")
            case "taxonomy": header.taxonomy = clauseWord(header.taxonomy, "a version such as 2026.2")
            case "record-refusals":
                if header.neutral != nil { reportTwice(next) }
                header.neutral = take()
                notOnFile(after: "record-refusals")
            default: return header
            }
        }
        return header
    }

    /// `as not-on-file`
    mutating func notOnFile(after word: String) {
        guard takeIf("as") != nil, isNext("not-on-file") else {
            report(
                "expected `as not-on-file` but found \(next.shown)", help: "write: \(word) as not-on-file")
            return
        }
        take()
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
