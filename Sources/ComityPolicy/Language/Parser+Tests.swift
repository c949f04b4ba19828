extension Parser {
    /// One test. Reads what it can; the checker says what is missing.
    mutating func test() -> TestSyntax {
        var test = TestSyntax(keyword: take())
        if next.kind == .text {
            test.title = take()
        } else {
            report("expected the title of the test in quotes but found \(next.shown)")
        }
        test.parts.append(PartSpan(name: .head, first: test.keyword.span, last: previous))
        let first = next.span
        test.asker = asker()
        if takeIf("affiliated") != nil { test.affiliated = words("a family such as `US.DHS.ICE`") }
        guard takeIf("asks") != nil else {
            report(
                "expected `asks` but found \(next.shown)",
                help: "write: agency DXCBP0100 asks driver-by-number reason absent")
            recover()
            return test
        }
        test.request = takeName("a kind of request")
        facts(of: &test)
        test.parts.append(PartSpan(name: .asks, first: first, last: previous))
        while isNext("expect") {
            let start = take().span
            expectation(of: &test)
            test.parts.append(PartSpan(name: .expect, first: start, last: previous))
        }
        if next.kind != .end, !isAtBlock {
            report("expected `expect` or the next rule but found \(next.shown)")
            recover()
        }
        return test
    }

    private mutating func asker() -> AskerSyntax? {
        if takeIf("agency") != nil { return takeName("an agency ID").map { .agency($0) } }
        if takeIf("family") != nil { return takeName("a family").map { .family($0) } }
        if isNext("unknown"), second.text == "agency" {
            let token = take()
            take()
            return .unknownAgency(token)
        }
        guard let word = takeName("who asks: a family, `agency` and an ID, or a named set") else {
            return nil
        }
        if takeIf("of") != nil { return .member(of: word, state: takeName("a state")) }
        return word.text.contains(".") ? .family(word) : .member(of: word, state: nil)
    }

    private mutating func facts(of test: inout TestSyntax) {
        while next.kind == .word, !isNext("expect"), !isAtBlock {
            if isNext("with") {
                take()
                guard next.kind == .word, next.text == "photo" else {
                    report("expected `photo` but found \(next.shown)", help: "write: with photo")
                    take()
                    continue
                }
                test.withPhoto = true
                take()
            } else if isNext("certification") {
                let keyword = take()
                guard let name = takeText("the name of the certification") else { continue }
                var version: Token?
                if takeIf("version") != nil { version = takeName("the version of its text") }
                _ = takeIf("is")
                if let standing = takeName("in-force, expired, never or revoked") {
                    test.certifications.append(
                        CertificationSyntax(
                            keyword: keyword, name: name, version: version, standing: standing))
                }
            } else if isNext("over") {
                take()
                if let limit = takeName("the name of a `limit` rule") { test.over.append(limit) }
            } else if isNext("on"), second.text == "behalf" {
                take()
                take()
                _ = takeIf("of")
                test.behalf = asker()
            } else if isNext("on") {
                take()
                test.day = takeName("a date such as 2026-01-15")
            } else if isNext("and", "record", "when") {
                take()
            } else {
                guard let name = takeName("a fact") else {
                    take()
                    continue
                }
                _ = takeIf("is")
                guard next.kind == .word, !isNext("expect") else {
                    report("expected a value of `\(name.text)` but found \(next.shown)")
                    continue
                }
                test.facts.append((name, take()))
            }
            if next.kind == .comma { take() }
        }
    }

    private mutating func expectation(of test: inout TestSyntax) {
        repeat {
            guard next.kind == .word else {
                report(
                    "expected `open`, `held`, `refused`, `released`, `withheld`, `duty`, `no duty` or `missing` but found \(next.shown)"
                )
                return
            }
            var expectation = ExpectationSyntax(verb: take())
            if expectation.verb.text == "no", isNext("duty") { expectation.verb.text = "no \(take().text)" }
            if expectation.verb.text == "released" || expectation.verb.text == "withheld" {
                expectation.groups = words("a field group")
            }
            if expectation.isOfDuty { expectation.rules = words("the name of a `notify` rule") }
            if expectation.verb.text == "missing" { expectation.things = carried() }
            if isNext("by"), expectation.isOfDuty {
                report("`by` has no meaning after `duty`", help: "take it out")
            }
            if takeIf("by") != nil { expectation.rules = words("the name of a rule") }
            test.expectations.append(expectation)
        } while takeIf("and") != nil
    }
}
