extension Parser {
    /// A condition. A comma between two tests is "or"; "and" may not stand beside "or" or a comma without
    /// parentheses, because readers disagree about what that means.
    mutating func condition() -> ConditionSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.nesting else {
            findings.error(
                "too-deep", at: next.span, "conditions nest deeper than \(Limits.nesting) levels",
                help: "give a part of it a name with `define`")
            recover()
            return .broken
        }
        var parts = [operand()]
        var joined: String?
        while true {
            let joint = next
            let word = joint.kind == .comma ? "or" : joint.kind == .word ? joint.text : ""
            guard word == "and" || word == "or" else { break }
            take()
            if let joined, joined != word {
                findings.error(
                    "and-or", at: joint.span,
                    "`and` and `or` stand side by side, so the rule can be read in two ways",
                    help: "put one of them in parentheses; a comma counts as `or`")
            }
            joined = joined ?? word
            parts.append(operand())
        }
        if parts.count == 1 { return parts[0] }
        return joined == "and" ? .all(parts) : .any(parts)
    }

    private mutating func operand() -> ConditionSyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.nesting else {
            findings.error("too-deep", at: next.span, "conditions nest deeper than \(Limits.nesting) levels")
            recover()
            return .broken
        }
        if takeIf("not") != nil { return .not(operand()) }
        if next.kind == .open {
            take()
            let inner = condition()
            if next.kind == .close {
                take()
            } else {
                report("expected `)` but found \(next.shown)")
            }
            return inner
        }
        if takeIf("everybody") != nil { return .everybody }
        if isNext("certification") { return certification(needsVerb: true) }
        if next.kind == .word, Keywords.who.contains(next.text) {
            let keyword = take()
            return .who(keyword: keyword, values: values(of: keyword.text, "a value of `\(keyword.text)`"))
        }
        guard let name = takeName("a condition") else { return .broken }
        return named(name)
    }

    /// What stands behind a name.
    ///
    /// - Parameter mayNegate: whether `is not` may stand there; what a request must carry is never said so.
    mutating func named(_ name: Token, mayNegate: Bool = true) -> ConditionSyntax {
        guard next.kind == .word else { return .named(name, of: []) }
        switch next.text {
        case "of":
            take()
            return .named(name, of: values(of: "state", "a state"))
        case "is":
            let verb = take()
            let isNegated = mayNegate && takeIf("not") != nil
            let value = takeValue("a value of `\(name.text)`")
            let test = ConditionSyntax.fact(name, verb: verb, values: value.map { [$0] } ?? [])
            return isNegated ? .not(test) : test
        case "in":
            let verb = take()
            return .fact(name, verb: verb, values: values(of: "", "a value of `\(name.text)`"))
        case "absent", "given", "missing", "declared", "undeclared":
            return .fact(name, verb: take(), values: [])
        default: return .named(name, of: [])
        }
    }

    /// A list of values. A comma goes on with the list if a value follows, else it joins another test.
    private mutating func values(of keyword: String, _ expected: String) -> [Token] {
        var values: [Token] = []
        if let first = takeValue(expected) { values.append(first) }
        while next.kind == .comma, second.kind == .word || second.kind == .text, isValue(second, of: keyword)
        {
            take()
            values.append(take())
        }
        return values
    }

    private mutating func takeValue(_ expected: String) -> Token? {
        if next.kind == .text { return take() }
        return takeName(expected)
    }

    /// Families, IDs, patterns and states are written in capitals; everything else in small letters.
    private func isValue(_ token: Token, of keyword: String) -> Bool {
        if token.kind == .text { return keyword == "pattern" }
        guard !Keywords.all.contains(token.text) else { return false }
        switch keyword {
        case "family", "agency", "pattern", "state", "country":
            return token.text.utf8.allSatisfy { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        default: return true
        }
    }
}
