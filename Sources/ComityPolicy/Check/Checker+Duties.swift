import ComityMessages

extension Checker {
    /// What a `require` rule wants carried.
    mutating func carried(_ things: [ConditionSyntax], at place: Span) -> [Carried] {
        if things.count > Limits.carried {
            findings.error(
                "too-many-things", at: place, "more than \(Limits.carried) things must be carried",
                help: "split the rule")
        }
        var result: [Carried] = []
        for thing in things.prefix(Limits.carried) {
            guard let one = carried(thing) else { continue }
            if !result.contains(one) { result.append(one) }
        }
        return result
    }

    private mutating func carried(_ thing: ConditionSyntax) -> Carried? {
        let name: Token
        switch thing {
        case .certification(_, let token, let version, let standings):
            return certification(token, version, standings).map { Carried(test: $0, isNegated: false) }
        case .named(let token, let states):
            name = token
            if let state = states.first {
                findings.error("unexpected", at: state.span, "`of` has no meaning after a fact")
                return nil
            }
        case .fact(let token, _, _): name = token
        default: return nil
        }
        guard let position = taxonomy.position(ofFact: name.text) else {
            unknown("fact", "fact", name, among: taxonomy.facts.map(\.name))
            return nil
        }
        let fact = taxonomy.facts[position]
        guard fact.source == .message else {
            findings.error(
                "not-carried", at: name.span, "`\(fact.name)` is nothing that a request carries",
                help: "name a fact that the sender states")
            return nil
        }
        if case .fact = thing {
            switch condition(thing) {
            case .test(let test): return Carried(test: test, isNegated: false)
            case .not(.test(let test)): return Carried(test: test, isNegated: true)
            default: return nil
            }
        }
        if fact.canBeAbsent { return Carried(test: .absent(position: position), isNegated: true) }
        guard let given = fact.value("given") ?? fact.value("declared") else {
            findings.error(
                "unfinished-test", at: name.span, "it is not clear when `\(fact.name)` counts as carried",
                help: "write: \(fact.name) is \(fact.values[0].code)")
            return nil
        }
        return Carried(test: .fact(position: position, values: [given]), isNegated: false)
    }

    mutating func notice(_ syntax: RuleSyntax) -> DutyTerms? {
        let example = "add: subject within 3 business-days after released"
        guard let notice = syntax.notice else {
            findings.error(
                "no-duty", at: syntax.id.span, "rule \(syntax.id.shown) does not say who is told, and when",
                help: example)
            return nil
        }
        let party: DutyTerms.Party =
            switch (notice.party.kind, notice.party.text) {
            case (.text, let name): .named(name)
            case (_, "desk"): .desk(notice.name?.text ?? "")
            case (_, "owner"): .owner
            default: .subject
            }
        guard let event = notice.event.flatMap({ DutyEvent(rawValue: $0.text) }) else {
            if let token = notice.event {
                unknown("event", "event", token, among: DutyEvent.allCases.map(\.rawValue))
            }
            return nil
        }
        if notice.isBefore {
            guard event == .released else {
                findings.error(
                    "never-before", at: notice.party.span,
                    "nobody can be told before it is \(event.rawValue)", help: "write: before released")
                return nil
            }
            return DutyTerms(party: party, clock: .before, event: event)
        }
        guard let number = notice.number.flatMap({ Int($0.text) }), (1...10_000).contains(number),
            let unit = notice.unit.flatMap({ Self.units[$0.text] })
        else {
            findings.error(
                "no-time", at: notice.party.span, "it does not say within which time",
                help: "write hours, days or business-days: \(example)")
            return nil
        }
        return DutyTerms(party: party, clock: .within(number, unit), event: event)
    }

    private static let units: [String: DutyTerms.Unit] = [
        "hour": .hours, "hours": .hours, "day": .days, "days": .days, "business-day": .businessDays,
        "business-days": .businessDays,
    ]

    /// What must be true besides, for an event that a fact of the look-up shows.
    func shows(_ event: DutyEvent) -> Condition? {
        guard let words = taxonomy.dutyEvents[event], let name = words.fact,
            let position = taxonomy.position(ofFact: name)
        else { return nil }
        let not = words.except.compactMap { taxonomy.facts[position].value($0) }
        return .not(.test(.fact(position: position, values: not)))
    }

    mutating func limit(_ syntax: RuleSyntax) -> LookupLimit? {
        let example = "at most 50 look-ups in a day for each agency otherwise refuse"
        guard let limit = syntax.limit else {
            findings.error(
                "no-limit", at: syntax.id.span, "rule \(syntax.id.shown) does not say how many",
                help: "add: \(example)")
            return nil
        }
        guard let most = limit.number.flatMap({ Int($0.text) }), (1...Limits.largestNumber).contains(most)
        else {
            findings.error(
                "bad-number", at: limit.keyword.span,
                "the limit is not a number from 1 to \(Limits.largestNumber)", help: "write: \(example)")
            return nil
        }
        guard let period = limit.period.flatMap({ LookupLimit.Period(rawValue: $0.text) }) else {
            findings.error(
                "no-time", at: limit.period?.span ?? limit.keyword.span,
                "a limit counts in an hour, a day or a month", help: "write: \(example)")
            return nil
        }
        guard let scope = limit.scope.flatMap({ LookupLimit.Scope(rawValue: $0.text) }) else {
            findings.error(
                "no-scope", at: limit.scope?.span ?? limit.keyword.span,
                "a limit is for each agency, family or subject", help: "write: \(example)")
            return nil
        }
        var beyond = LookupLimit.Beyond.refuse
        if let hold = limit.hold {
            guard let checked = self.hold(hold) else { return nil }
            beyond = .hold(checked)
        }
        return LookupLimit(most: most, period: period, scope: scope, beyond: beyond)
    }

    mutating func promises(_ all: [PromiseSyntax]) -> [Promise] {
        if all.count > Limits.promises, let last = all.last {
            findings.error(
                "too-many-promises", at: last.keyword.span, "more than \(Limits.promises) promises")
        }
        var result: [Promise] = []
        for syntax in all.prefix(Limits.promises) {
            let place = syntax.keyword.span
            if syntax.title == nil || syntax.title?.text.isEmpty == true {
                findings.error(
                    "no-title", at: place, "the promise does not say in words what it promises",
                    help: "add a sentence in quotes")
            }
            let who = limited(condition(syntax.who), at: place)
            if who.mentions({ $0.factPosition != nil }) {
                findings.error(
                    "promise-about-facts", at: place, "who never gets it must be said by who asks alone",
                    help: "put other facts behind `unless`")
            }
            var unless: Condition?
            if let exception = syntax.unless { unless = limited(condition(exception), at: place) }
            let groups = self.groups(syntax.groups)
            guard !groups.isEmpty else { continue }
            result.append(
                Promise(
                    title: syntax.title?.text ?? "", who: who, groups: groups,
                    byAnyRoute: syntax.byAnyRoute, unless: unless, line: place.line))
        }
        return result
    }
}
