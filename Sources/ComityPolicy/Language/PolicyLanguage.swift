public import ComityDirectory

/// Reading policy files.
public enum PolicyLanguage {
    /// Reads and checks a policy file.
    ///
    /// - Parameters:
    ///   - text: the file.
    ///   - file: its name, for diagnostics only.
    ///   - taxonomy: the words that it may use.
    ///   - directory: the agencies and families that it may name.
    /// - Returns: the policy, or `nil` if there is an error; and everything found, in the order of the lines.
    public static func read(
        _ text: String, file: String, taxonomy: Taxonomy, directory: Directory
    ) -> (policy: Policy?, diagnostics: [Diagnostic]) {
        var findings = Findings(file: file)
        let syntax = Parser.parse(text, findings: &findings)
        var checker = Checker(taxonomy: taxonomy, directory: directory, findings: findings)
        let policy = checker.check(syntax, text: text)
        let sorted = checker.findings.sorted
        return (sorted.contains { $0.severity == .error } ? nil : policy, sorted)
    }
}

/// The diagnostics found so far.
struct Findings {
    let file: String
    private(set) var all: [Diagnostic] = []

    init(file: String) { self.file = file }

    /// Beyond this number nothing is added: a reader mends the first ones first.
    static let maximum = 100

    mutating func error(_ code: String, at span: Span, _ message: String, help: String = "") {
        add(.error, code, span, message, help)
    }

    mutating func warning(_ code: String, at span: Span, _ message: String, help: String = "") {
        // A warning never takes the place of an error.
        if all.count < Self.maximum / 2 { add(.warning, code, span, message, help) }
    }

    private mutating func add(
        _ severity: Diagnostic.Severity, _ code: String, _ span: Span, _ message: String, _ help: String
    ) {
        guard all.count < Self.maximum else { return }
        let diagnostic = Diagnostic(
            severity: severity, code: code, file: file, line: span.line, column: span.column,
            message: message,
            help: help)
        if !all.contains(diagnostic) { all.append(diagnostic) }
    }

    var hasErrors: Bool { all.contains { $0.severity == .error } }

    var sorted: [Diagnostic] { all.sorted { ($0.line, $0.column, $0.code) < ($1.line, $1.column, $1.code) } }
}
