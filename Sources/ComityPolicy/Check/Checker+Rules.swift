import ComityMessages

extension Checker {
    mutating func rule(_ syntax: RuleSyntax) -> Rule? {
        let place = syntax.id.span
        if syntax.id.text.utf8.count > Limits.ruleName {
            findings.error(
                "name-too-long", at: place,
                "the name of a rule has at most \(Limits.ruleName) characters, for it stands in every ledger entry",
                help: "shorten it, for example to `WA-2`")
        }
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
        var when = parts.count == 1 ? parts[0] : Condition.all(parts)
        var unless: Condition?
        if let exception = syntax.unless { unless = condition(exception) }
        let effective = syntax.effective.flatMap { day($0) }
        let until = syntax.until.flatMap { day($0) }
        reportOrder(effective, until, at: syntax.until)
        if case .notify(let notice) = effect, let shown = shows(notice.event) { when = .all([when, shown]) }
        let rule = Rule(
            id: syntax.id.text, title: syntax.title?.text ?? "", effect: effect,
            when: limited(when, at: place), unless: unless.map { limited($0, at: place) },
            law: syntax.law.map(\.text), effective: effective, until: until,
            isNeutral: syntax.neutral != nil, line: place.line)
        report(rule, at: place)
        reportRecord(rule, syntax)
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
        if let keyword = syntax.carryKeyword, syntax.kind.text != "require" {
            findings.error(
                "unexpected", at: keyword.span, "only a `require` rule says what must be carried",
                help: "take it out")
        }
        if let limit = syntax.limit, syntax.kind.text != "limit" {
            findings.error(
                "unexpected", at: limit.keyword.span, "only a `limit` rule has a number of look-ups",
                help: "take it out")
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
        case "require":
            let things = carried(syntax.carried, at: syntax.carryKeyword?.span ?? syntax.id.span)
            guard !things.isEmpty else {
                if syntax.carryKeyword == nil {
                    findings.error(
                        "nothing-carried", at: syntax.id.span,
                        "rule \(syntax.id.shown) does not say what must be carried",
                        help: "add, for example: carry reason, case-number")
                }
                return nil
            }
            return .require(things)
        case "notify": return notice(syntax).map { .notify($0) }
        case "limit": return limit(syntax).map { .limit($0) }
        default:
            guard let hold = syntax.hold else {
                findings.error(
                    "no-desk", at: syntax.id.span, "rule \(syntax.id.shown) does not say who decides",
                    help: "add: \(Self.holdExample)")
                return nil
            }
            if let groups, groups.isEmpty { return nil }
            return self.hold(hold).map { .hold(for: groups, $0) }
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

    private static let holdExample = "desk \"State desk\" within 4 hours otherwise refuse"

    mutating func hold(_ hold: HoldSyntax) -> Hold? {
        let example = Self.holdExample
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
        if let people = hold.people, people.text != Hold.twoPeople {
            findings.error(
                "how-many-people", at: people.span, "a desk decides with one person, or `with two people`",
                help: "write: desk \"State desk\" with two people within 4 hours otherwise refuse")
            return nil
        }
        return Hold(
            desk: hold.desk.text, people: hold.people == nil ? 1 : 2, seconds: number * unit,
            otherwise: otherwise)
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
        if rule.unless != nil, NormalForm.canHold(rule.when, of: rule, taxonomy: taxonomy),
            !form.contains(where: { $0.canHold(taxonomy: taxonomy) })
        {
            findings.error(
                "exception-covers-rule", at: place,
                "the exception of rule `\(rule.id)` is as wide as the rule, so it can never apply",
                help: "narrow what stands behind `unless`, or take the rule out")
        } else if !form.contains(where: { $0.canHold(taxonomy: taxonomy) }) {
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

extension Checker {
    /// What only rules about the record may have, and what rules about the record may not be.
    private mutating func reportRecord(_ rule: Rule, _ syntax: RuleSyntax) {
        let isOfRecord = rule.restsOnRecord(taxonomy)
        if case .limit = rule.effect, isOfRecord {
            findings.error(
                "limit-on-record", at: syntax.id.span,
                "rule `\(rule.id)` counts by a fact of the record, which is not known when it is counted",
                help: "count by who asks and what is asked")
        }
        guard let keyword = syntax.neutral else { return }
        switch rule.effect {
        case .refuse, .withhold, .require:
            if !isOfRecord {
                findings.error(
                    "neutral-without-record", at: keyword.span,
                    "rule `\(rule.id)` tests no fact of the record, so there is nothing that it could give away",
                    help: "take `answer as not-on-file` out")
            }
        default:
            findings.error(
                "unexpected", at: keyword.span, "a `\(rule.effect.word)` rule cannot answer as not-on-file",
                help: "only rules that refuse or withhold can")
        }
    }
}
