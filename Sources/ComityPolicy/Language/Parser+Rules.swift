extension Parser {
    /// One rule; `nil` if not even its name can be read.
    mutating func rule() -> RuleSyntax? {
        let kind = take()
        guard let id = takeName("a name for the rule, such as `WA-1`") else { return nil }
        var rule = RuleSyntax(kind: kind, id: id)
        let first = kind.span
        if next.kind == .text { rule.title = take() }
        rule.parts.append(PartSpan(name: .head, first: first, last: previous))
        while next.kind != .end {
            if isAtBlock { break }
            let start = next
            guard clause(of: &rule) else {
                recover()
                break
            }
            rule.parts.append(
                PartSpan(name: PartName(clause: start, of: kind.text), first: start.span, last: previous))
        }
        return rule
    }

    /// One part of a rule; `false` after reporting something that is none.
    private mutating func clause(of rule: inout RuleSyntax) -> Bool {
        if rule.kind.text == "notify", next.kind == .text || isNext("subject", "owner", "desk") {
            return notice(of: &rule)
        }
        guard next.kind == .word else {
            report("expected a part of the rule but found \(next.shown)")
            return false
        }
        let keyword = next
        switch keyword.text {
        case "give", "keep", "for":
            if rule.groupsKeyword != nil { reportTwice(keyword) }
            rule.groupsKeyword = take()
            rule.groups = words("a field group")
        case "to", "from":
            if rule.who != nil { reportTwice(keyword) }
            take()
            rule.who = condition()
        case "when":
            if rule.when != nil { reportTwice(keyword) }
            take()
            rule.when = condition()
        case "unless":
            if rule.unless != nil { reportTwice(keyword) }
            take()
            rule.unless = condition()
        case "law":
            take()
            guard let text = takeText("a citation") else { return false }
            rule.law.append(text)
            while next.kind == .comma, second.kind == .text {
                take()
                rule.law.append(take())
            }
        case "desk":
            if rule.hold != nil { reportTwice(keyword) }
            guard let hold = hold() else { return false }
            rule.hold = hold
        case "carry":
            if rule.carryKeyword != nil { reportTwice(keyword) }
            rule.carryKeyword = take()
            rule.carried = carried()
        case "at":
            if rule.limit != nil { reportTwice(keyword) }
            guard let limit = limit() else { return false }
            rule.limit = limit
        case "answer":
            if rule.neutral != nil { reportTwice(keyword) }
            rule.neutral = take()
            notOnFile(after: "answer")
        case "effective": rule.effective = clauseWord(rule.effective, "a date such as 2026-01-15")
        case "until": rule.until = clauseWord(rule.until, "a date such as 2026-01-15")
        default:
            let help = Suggestion.sentence(for: keyword.text, among: Keywords.clauses)
            report("`\(keyword.text)` is no part of a rule", help: help)
            return false
        }
        return true
    }

    /// `desk "State desk" with two people within 4 hours otherwise refuse`
    mutating func hold() -> HoldSyntax? {
        let keyword = take()
        guard let desk = takeText("the name of the desk") else { return nil }
        var hold = HoldSyntax(keyword: keyword, desk: desk)
        if takeIf("with") != nil {
            guard let people = takeName("`two people`") else { return nil }
            guard takeIf("people") != nil else {
                report(
                    "expected `people` but found \(next.shown)",
                    help: "write: desk \"State desk\" with two people within 4 hours otherwise refuse")
                return nil
            }
            hold.people = people
        }
        if takeIf("within") != nil {
            if next.kind == .word { hold.number = take() }
            if next.kind == .word, !Keywords.all.contains(next.text) { hold.unit = take() }
        }
        if takeIf("otherwise") != nil, next.kind == .word { hold.otherwise = take() }
        return hold
    }

    /// One or more words, with commas between them.
    mutating func words(_ expected: String) -> [Token] {
        var words: [Token] = []
        repeat {
            if !words.isEmpty { take() }
            guard let word = takeName(expected) else { break }
            words.append(word)
        } while next.kind == .comma
        return words
    }
}

extension PartName {
    /// The part that a clause of a rule begins.
    fileprivate init(clause: Token, of kind: String) {
        if kind == "notify", clause.kind == .text || ["subject", "owner", "desk"].contains(clause.text) {
            self = .effect
            return
        }
        self =
            switch clause.text {
            case "to", "from": .who
            case "when": .when
            case "unless": .unless
            case "desk": .desk
            case "answer": .answer
            case "law": .law
            case "effective": .effective
            case "until": .until
            default: .effect
            }
    }
}
