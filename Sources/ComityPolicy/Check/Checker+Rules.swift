import ComityMessages

extension Checker {
    mutating func rule(_ syntax: RuleSyntax) -> Rule? {
        let place = syntax.id.span
        guard let effect = effect(syntax) else { return nil }
        if syntax.title == nil || syntax.title?.text.isEmpty == true {
            findings.error(
                "no-title", at: place, "rule \(syntax.id.shown) does not say in words what it does",
                help: "add a sentence in quotes after its name")
        }
        if syntax.law.isEmpty {
            findings.warning(
                "no-law", at: place, "rule \(syntax.id.shown) names no law",
                help: "add a citation, so that whoever is affected can read it")
        }
        if syntax.who == nil, syntax.when == nil {
            findings.error(
                "no-subject", at: place, "rule \(syntax.id.shown) does not say to whom it applies",
                help: "add `to everybody`, or whom it is about")
        }
        var parts: [Condition] = []
        for part in [syntax.who, syntax.when].compactMap(\.self) { parts.append(condition(part)) }
        let when = parts.count == 1 ? parts[0] : Condition.all(parts)
        var unless: Condition?
        if let exception = syntax.unless { unless = condition(exception) }
        let effective = syntax.effective.flatMap { day($0) }
        let until = syntax.until.flatMap { day($0) }
        reportOrder(effective, until, at: syntax.until)
        let rule = Rule(
            id: syntax.id.text, title: syntax.title?.text ?? "", effect: effect,
            when: limited(when, at: place), unless: unless.map { limited($0, at: place) },
            law: syntax.law.map(\.text), effective: effective, until: until, line: place.line)
        report(rule, at: place)
        return rule
    }

    private mutating func effect(_ syntax: RuleSyntax) -> Effect? {
        let expected = ["share": "give", "withhold": "keep", "hold": "for"][syntax.kind.text]
        if let keyword = syntax.groupsKeyword, keyword.text != expected {
            findings.error(
                "unexpected", at: keyword.span,
                "`\(keyword.text)` does not belong in a `\(syntax.kind.text)` rule",
                help: expected.map { "write `\($0)`" } ?? "such a rule is about everything")
            return nil
        }
        if let hold = syntax.hold, syntax.kind.text != "hold" {
            findings.error(
                "unexpected", at: hold.keyword.span, "only a `hold` rule has a desk", help: "take it out")
        }
        let groups = syntax.groups.map { self.groups($0) }
        switch syntax.kind.text {
        case "refuse": return .refuse
        case "share", "withhold":
            guard let groups, !groups.isEmpty else {
                if groups == nil {
                    findings.error(
                        "no-groups", at: syntax.id.span, "rule \(syntax.id.shown) names no field group",
                        help: "add, for example: \(expected ?? "give") identity, licence")
                }
                return nil
            }
            return syntax.kind.text == "share" ? .share(groups) : .withhold(groups)
        default: return hold(syntax).map { .hold(for: groups, $0) }
        }
    }

    mutating func groups(_ tokens: [Token]) -> FieldGroupSet {
        var result: FieldGroupSet = []
        for token in tokens {
            if token.text == "everything" {
                result = .all
            } else if let group = FieldGroup(rawValue: token.text) {
                result.formUnion(FieldGroupSet([group]))
            } else {
                unknown(
                    "group", "field group", token, among: FieldGroup.allCases.map(\.rawValue) + ["everything"]
                )
            }
        }
        return result
    }

    private mutating func hold(_ syntax: RuleSyntax) -> Hold? {
        let example = "desk \"State desk\" within 4 hours otherwise refuse"
        guard let hold = syntax.hold else {
            findings.error(
                "no-desk", at: syntax.id.span, "rule \(syntax.id.shown) does not say who decides",
                help: "add: \(example)")
            return nil
        }
        let units: [String: Int64] = [
            "minute": 60, "minutes": 60, "hour": 3600, "hours": 3600, "day": 86_400, "days": 86_400,
        ]
        guard let number = hold.number.flatMap({ Int64($0.text) }), (1...10_000).contains(number),
            let unit = hold.unit.flatMap({ units[$0.text] })
        else {
            findings.error(
                "no-time", at: hold.keyword.span, "the desk has no time in which to decide",
                help: "write minutes, hours or days: \(example)")
            return nil
        }
        guard let otherwise = hold.otherwise.flatMap({ Hold.Fallback(rawValue: $0.text) }) else {
            findings.error(
                "no-fallback", at: hold.keyword.span,
                "it does not say what happens if nobody decides in time",
                help: "end with `otherwise refuse` or `otherwise release`")
            return nil
        }
        return Hold(desk: hold.desk.text, seconds: number * unit, otherwise: otherwise)
    }

    /// What can be said about a whole rule.
    private mutating func report(_ rule: Rule, at place: Span) {
        guard let form = NormalForm.of(rule) else {
            findings.error(
                "too-many-alternatives", at: place,
                "rule `\(rule.id)` has more than \(Limits.alternatives) alternatives",
                help: "split it, or list values in one test")
            return
        }
        if !form.contains(where: { $0.canHold(taxonomy: taxonomy) }) {
            findings.error(
                "never-applies", at: place,
                "rule `\(rule.id)` can never apply: its conditions exclude each other",
                help:
                    "two different values of one fact cannot hold at once; an exception may not cover the whole rule"
            )
        }
        for name in rule.opensOnAbsence(taxonomy: taxonomy) {
            findings.warning(
                "opens-on-absence", at: place,
                "rule `\(rule.id)` gives more to whoever leaves out `\(name)`",
                help: "make sure that this is meant; a sender can always leave something out")
        }
    }
}
