/// The definitions of a file, looked up when first used.
struct Definitions {
    private var syntax: [String: DefinitionSyntax] = [:]
    var resolved: [String: Condition] = [:]
    /// Those being looked up now: meeting one again is a circle.
    var open: Set<String> = []
    var used: Set<String> = []

    mutating func begin(_ all: [DefinitionSyntax]) {
        for definition in all.prefix(Limits.definitions) where syntax[definition.name.text] == nil {
            syntax[definition.name.text] = definition
        }
    }

    var names: some Sequence<String> { syntax.keys }

    func syntax(_ name: String) -> DefinitionSyntax? { syntax[name] }
}

extension Checker {
    /// Reports names that are taken, then looks every definition up, used or not.
    mutating func reportDefinitions(_ all: [DefinitionSyntax]) {
        var seen: Set<String> = []
        if all.count > Limits.definitions, let last = all.last {
            findings.error(
                "too-many-definitions", at: last.name.span, "more than \(Limits.definitions) definitions")
        }
        for definition in all.prefix(Limits.definitions) {
            let name = definition.name.text
            if !seen.insert(name).inserted {
                findings.error("duplicate-definition", at: definition.name.span, "`\(name)` is defined twice")
            } else if taxonomy.namedSet(name) != nil || taxonomy.fact(name) != nil {
                findings.error(
                    "taken-name", at: definition.name.span, "`\(name)` is a word of the taxonomy",
                    help: "choose another name")
            }
        }
        for definition in all.prefix(Limits.definitions) { _ = self.definition(definition.name) }
        definitions.used = []
    }

    /// The meaning of a definition by its name; `nil` if there is none.
    mutating func definition(_ name: Token) -> Condition? {
        guard let syntax = definitions.syntax(name.text) else { return nil }
        definitions.used.insert(name.text)
        if let known = definitions.resolved[name.text] { return known }
        guard definitions.open.count < Limits.nesting, definitions.open.insert(name.text).inserted else {
            findings.error(
                "circular-definition", at: name.span, "`\(name.text)` is defined by itself",
                help: "say what it means without using its own name")
            return .always
        }
        let inner = condition(syntax.condition)
        definitions.open.remove(name.text)
        let result: Condition = .named(name.text, inner)
        definitions.resolved[name.text] = limited(result, at: syntax.name.span)
        return definitions.resolved[name.text]
    }

    /// The condition, or one that costs nothing after reporting that it is too large.
    mutating func limited(_ condition: Condition, at span: Span) -> Condition {
        guard condition.size(upTo: Limits.conditionSize) > Limits.conditionSize else { return condition }
        findings.error(
            "condition-too-large", at: span, "the condition has more than \(Limits.conditionSize) tests",
            help: "list values in one test, or split the rule")
        return .always
    }

    mutating func reportUnused(_ all: [DefinitionSyntax]) {
        // A definition used only by another definition is in use if that one is.
        var used = definitions.used
        var todo = Array(used)
        while let name = todo.popLast() {
            guard let syntax = definitions.syntax(name) else { continue }
            for inner in syntax.condition.names where used.insert(inner).inserted { todo.append(inner) }
        }
        for definition in all where !used.contains(definition.name.text) {
            findings.warning(
                "unused-definition", at: definition.name.span, "no rule uses `\(definition.name.text)`",
                help: "take it out, or use it")
        }
    }
}

extension Condition {
    /// The number of tests, counted no further than a little above a limit.
    func size(upTo limit: Int) -> Int {
        var left = limit + 1
        count(&left)
        return limit + 1 - left
    }

    private func count(_ left: inout Int) {
        guard left > 0 else { return }
        switch self {
        case .always, .test: left -= 1
        case .not(let inner), .named(_, let inner): inner.count(&left)
        case .all(let parts), .any(let parts): for part in parts { part.count(&left) }
        }
    }
}

extension ConditionSyntax {
    /// The names in it that may be definitions.
    var names: [String] {
        switch self {
        case .named(let token, _): [token.text]
        case .not(let inner): inner.names
        case .all(let parts), .any(let parts): parts.flatMap(\.names)
        default: []
        }
    }
}
