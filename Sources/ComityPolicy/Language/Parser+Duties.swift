extension Parser {
    /// `reason, case-number, certification "No immigration use" version 2, paper is judicial`
    mutating func carried() -> [ConditionSyntax] {
        var things: [ConditionSyntax] = []
        repeat {
            if !things.isEmpty { take() }
            if isNext("certification") {
                things.append(certification(needsVerb: false))
            } else if let name = takeName("what must be carried, such as `reason`") {
                things.append(named(name, mayNegate: false))
            } else {
                break
            }
        } while next.kind == .comma
        return things
    }

    /// `certification "No immigration use" version 2 is in-force`
    ///
    /// - Parameter needsVerb: whether it must say what has become of it; else `in-force` is meant.
    mutating func certification(needsVerb: Bool) -> ConditionSyntax {
        let keyword = take()
        guard let name = takeText("the name of the certification") else { return .broken }
        var version: Token?
        if takeIf("version") != nil { version = takeName("the version of its text") }
        guard needsVerb else {
            return .certification(keyword, name: name, version: version, standings: [])
        }
        guard isNext("is", "in") else {
            report(
                "expected `is` but found \(next.shown)",
                help: "write: certification \"\(name.text)\" is in-force")
            return .broken
        }
        let isList = take().text == "in"
        var standings: [Token] = []
        if let first = takeName("in-force, expired, never or revoked") { standings.append(first) }
        while isList, next.kind == .comma, second.kind == .word,
            ["in-force", "expired", "never", "revoked"].contains(second.text)
        {
            take()
            standings.append(take())
        }
        return .certification(keyword, name: name, version: version, standings: standings)
    }

    /// `subject within 3 business-days after released`
    mutating func notice(of rule: inout RuleSyntax) -> Bool {
        if rule.notice != nil { reportTwice(next) }
        var notice = NoticeSyntax(party: take())
        if notice.party.kind == .word, notice.party.text == "desk" {
            guard let name = takeText("the name of the desk") else { return false }
            notice.name = name
        }
        if takeIf("before") != nil {
            notice.isBefore = true
        } else if takeIf("within") != nil {
            if next.kind == .word { notice.number = take() }
            if next.kind == .word, !Keywords.all.contains(next.text) { notice.unit = take() }
            guard takeIf("after") != nil else {
                report(
                    "expected `after` but found \(next.shown)",
                    help: "write: subject within 3 business-days after released")
                return false
            }
        } else {
            report(
                "expected `within` or `before` but found \(next.shown)",
                help: "write: subject within 3 business-days after released")
            return false
        }
        guard let event = takeName("asked, paper-received, released or refused") else { return false }
        notice.event = event
        rule.notice = notice
        return true
    }

    /// `at most 50 look-ups in a day for each agency otherwise refuse`
    mutating func limit() -> LimitSyntax? {
        let example = "write: at most 50 look-ups in a day for each agency otherwise refuse"
        var limit = LimitSyntax(keyword: take())
        func expect(_ words: String..., from parser: inout Parser) -> Bool {
            guard parser.next.kind == .word, words.contains(parser.next.text) else {
                parser.report("expected `\(words[0])` but found \(parser.next.shown)", help: example)
                return false
            }
            parser.take()
            return true
        }
        guard expect("most", from: &self) else { return nil }
        if next.kind == .word { limit.number = take() }
        guard expect("look-ups", "look-up", from: &self), expect("in", from: &self),
            expect("a", "an", from: &self)
        else { return nil }
        if next.kind == .word { limit.period = take() }
        guard expect("for", from: &self), expect("each", from: &self) else { return nil }
        if next.kind == .word { limit.scope = take() }
        guard expect("otherwise", from: &self) else { return nil }
        if takeIf("refuse") != nil { return limit }
        guard expect("hold", from: &self) else { return nil }
        guard isNext("desk"), let hold = hold() else {
            report("expected `desk` but found \(next.shown)", help: "name the desk that decides")
            return nil
        }
        limit.hold = hold
        return limit
    }

    /// `treat immigration-entry as immigration`, `treat robbery as not serious`
    mutating func treatment() -> TreatmentSyntax? {
        let keyword = take()
        guard let value = takeName("a value, such as an offence"), takeIf("as") != nil else {
            report(
                "expected `as` but found \(next.shown)", help: "write: treat immigration-entry as immigration"
            )
            return nil
        }
        let isMember = takeIf("not") == nil
        guard let group = takeName("a class, such as `serious`") else { return nil }
        return TreatmentSyntax(keyword: keyword, value: value, group: group, isMember: isMember)
    }

    /// `family US.DHS.ICE never gets address, by any route, unless court-order`
    mutating func promise() -> PromiseSyntax? {
        var promise = PromiseSyntax(keyword: take())
        if next.kind == .text {
            promise.title = take()
        } else {
            report("expected the promise in quotes but found \(next.shown)")
        }
        promise.parts.append(PartSpan(name: .head, first: promise.keyword.span, last: previous))
        let first = next.span
        let isNobody = isNext("nobody") && second.text == "ever"
        if isNobody { take() }
        promise.who = isNobody ? .everybody : condition()
        guard takeIf(isNobody ? "ever" : "never") != nil, isNext("gets", "get") else {
            report(
                "expected `never gets` but found \(next.shown)",
                help: "write: family US.DHS.ICE never gets address, by any route")
            return nil
        }
        take()
        repeat {
            if !promise.groups.isEmpty { take() }
            guard let group = takeName("a field group") else { return nil }
            promise.groups.append(group)
        } while next.kind == .comma && second.kind == .word && !Keywords.all.contains(second.text)
        if next.kind == .comma { take() }
        if takeIf("by") != nil {
            guard takeIf("any") != nil, takeIf("route") != nil else {
                report("expected `by any route` but found \(next.shown)")
                return nil
            }
            promise.byAnyRoute = true
            if next.kind == .comma { take() }
        }
        if takeIf("unless") != nil { promise.unless = condition() }
        promise.parts.append(PartSpan(name: .body, first: first, last: previous))
        if next.kind != .end, !isAtBlock {
            report("expected the next rule but found \(next.shown)")
            recover()
        }
        return promise
    }
}
