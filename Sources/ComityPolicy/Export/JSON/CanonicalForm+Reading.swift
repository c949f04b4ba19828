/// Reads the parts of the canonical form.
struct CanonicalReader {
    private(set) var syntax = PolicySyntax()
    private(set) var notes = PolicyNotes()

    typealias Failure = CanonicalFormError

    init(_ root: JSONText) throws(Failure) {
        var fields = try Fields(root, "")
        guard fields.value("language") == .number(CanonicalForm.language) else {
            throw fields.failure("`language` must be \(CanonicalForm.language)")
        }
        guard let policy = fields.value("policy") else { throw fields.failure("`policy` is missing") }
        syntax.header = try header(policy)
        add(.header)
        for (place, value) in try needed("definitions", &fields) {
            syntax.definitions.append(try definition(value, place))
        }
        for (place, value) in try needed("treatments", &fields) {
            syntax.treatments.append(try treatment(value, place))
        }
        for (place, value) in try needed("rules", &fields) { syntax.rules.append(try rule(value, place)) }
        for (place, value) in try needed("promises", &fields) {
            syntax.promises.append(try promise(value, place))
        }
        for (place, value) in try needed("tests", &fields) { syntax.tests.append(try test(value, place)) }
        notes.ending = try lines("ending", &fields)
        try fields.end()
    }

    private func needed(
        _ key: String, _ fields: inout Fields
    ) throws(Failure) -> [(place: Int, value: JSONText)] {
        guard let list = try fields.list(key) else { throw fields.failure("`\(key)` is missing") }
        return list.enumerated().map { ($0.offset, $0.element) }
    }

    private mutating func add(_ kind: ItemSyntax.Kind) {
        let start = Span(line: 1, column: 1)
        syntax.items.append(ItemSyntax(kind: kind, first: start, last: start))
    }

    // MARK: Comments

    private func lines(_ key: String, _ fields: inout Fields) throws(Failure) -> [String] {
        var lines: [String] = []
        for value in try fields.list(key) ?? [] { lines.append(try line(value, fields.inner(key))) }
        return lines
    }

    private func line(_ value: JSONText, _ place: String) throws(Failure) -> String {
        guard case .string(let text) = value, text.isEmpty || text.hasPrefix("#"),
            !text.utf8.contains(UInt8(ascii: "\n"))
        else { throw Failure(place: place, why: "a comment is one line that begins with `#`") }
        return text
    }

    /// Takes over the comments of an item and sees that nothing else is left.
    private mutating func end(_ fields: inout Fields, _ kind: ItemSyntax.Kind) throws(Failure) {
        if let value = fields.value("comments") {
            var comments = try Fields(value, fields.inner("comments"))
            for part in PartName.allCases {
                guard let value = comments.value(part.rawValue) else { continue }
                var one = try Fields(value, comments.inner(part.rawValue))
                var note = Notes(before: try lines("before", &one))
                if let behind = one.value("behind") { note.behind = try line(behind, one.inner("behind")) }
                try one.end()
                notes.notes[PolicyNotes.Place(item: kind, part: part)] = note
            }
            try comments.end()
        }
        try fields.end()
        if kind != .header { add(kind) }
    }

    // MARK: Items

    private mutating func header(_ value: JSONText) throws(Failure) -> PolicySyntax.Header {
        var fields = try Fields(value, "policy")
        var header = PolicySyntax.Header(owner: try fields.needed("owner"))
        header.title = try fields.text("title")
        header.version = try fields.number("version")
        header.effective = try fields.word("effective")
        header.until = try fields.word("until")
        header.taxonomy = try fields.word("taxonomy")
        header.neutral = try fields.notOnFile("recordRefusals")
        try end(&fields, .header)
        return header
    }

    private mutating func definition(_ value: JSONText, _ place: Int) throws(Failure) -> DefinitionSyntax {
        var fields = try Fields(value, "definitions, entry \(place + 1)")
        guard let condition = try condition("condition", &fields) else {
            throw fields.failure("`condition` is missing")
        }
        let definition = DefinitionSyntax(name: try fields.needed("name"), condition: condition)
        try end(&fields, .definition(place))
        return definition
    }

    private mutating func treatment(_ value: JSONText, _ place: Int) throws(Failure) -> TreatmentSyntax {
        var fields = try Fields(value, "treatments, entry \(place + 1)")
        let treatment = TreatmentSyntax(
            keyword: Token(text: "treat", kind: .word), value: try fields.needed("value"),
            group: try fields.needed("class"), isMember: try fields.flag("member") ?? true)
        try end(&fields, .treatment(place))
        return treatment
    }

    private mutating func rule(_ value: JSONText, _ place: Int) throws(Failure) -> RuleSyntax {
        var fields = try Fields(value, "rules, entry \(place + 1)")
        var rule = RuleSyntax(kind: try fields.needed("kind"), id: try fields.needed("id"))
        guard Keywords.rules.contains(rule.kind.text) else {
            throw fields.failure("`\(rule.kind.text)` is no kind of rule")
        }
        rule.title = try fields.text("title")
        rule.groups = try fields.tokens("groups")
        if rule.groups != nil {
            let word = ["withhold": "keep", "hold": "for"][rule.kind.text] ?? "give"
            rule.groupsKeyword = Token(text: word, kind: .word)
        }
        if let carry = try conditions("carry", &fields) {
            rule.carryKeyword = Token(text: "carry", kind: .word)
            rule.carried = carry
        }
        if let value = fields.value("tell") { rule.notice = try notice(value, fields.inner("tell")) }
        if let value = fields.value("limit") { rule.limit = try limit(value, fields.inner("limit")) }
        rule.who = try condition("who", &fields)
        rule.when = try condition("when", &fields)
        rule.unless = try condition("unless", &fields)
        if let value = fields.value("desk") { rule.hold = try hold(value, fields.inner("desk")) }
        rule.neutral = try fields.notOnFile("answer")
        rule.law = try fields.tokens("law", areTexts: true) ?? []
        rule.effective = try fields.word("effective")
        rule.until = try fields.word("until")
        try end(&fields, .rule(place))
        return rule
    }

    private func hold(_ value: JSONText, _ place: String) throws(Failure) -> HoldSyntax {
        var fields = try Fields(value, place)
        guard let name = try fields.text("name") else { throw fields.failure("`name` is missing") }
        let hold = HoldSyntax(
            keyword: Token(text: "desk", kind: .word), desk: name, people: try fields.word("people"),
            number: try fields.number("within"),
            unit: try fields.word("unit"), otherwise: try fields.word("otherwise"))
        try fields.end()
        return hold
    }

    private func notice(_ value: JSONText, _ place: String) throws(Failure) -> NoticeSyntax {
        var fields = try Fields(value, place)
        var notice: NoticeSyntax
        if let name = try fields.text("name") {
            notice = NoticeSyntax(party: name)
        } else if let desk = try fields.text("desk") {
            notice = NoticeSyntax(party: Token(text: "desk", kind: .word), name: desk)
        } else {
            notice = NoticeSyntax(party: try fields.needed("party"))
        }
        notice.number = try fields.number("within")
        notice.unit = try fields.word("unit")
        notice.event = try fields.word("after")
        if let before = try fields.word("before") {
            notice.isBefore = true
            notice.event = before
        }
        try fields.end()
        return notice
    }

    private func limit(_ value: JSONText, _ place: String) throws(Failure) -> LimitSyntax {
        var fields = try Fields(value, place)
        var limit = LimitSyntax(keyword: Token(text: "at", kind: .word))
        limit.number = try fields.number("most")
        limit.period = try fields.word("in")
        limit.scope = try fields.word("each")
        switch fields.value("otherwise") {
        case .string("refuse"): break
        case .some(let value):
            var beyond = try Fields(value, fields.inner("otherwise"))
            guard let desk = beyond.value("hold") else { throw beyond.failure("`hold` is missing") }
            limit.hold = try hold(desk, beyond.inner("hold"))
            try beyond.end()
        case nil: throw fields.failure("`otherwise` is missing")
        }
        try fields.end()
        return limit
    }

    private mutating func promise(_ value: JSONText, _ place: Int) throws(Failure) -> PromiseSyntax {
        var fields = try Fields(value, "promises, entry \(place + 1)")
        var promise = PromiseSyntax(keyword: Token(text: "promise", kind: .word))
        promise.title = try fields.text("title")
        guard let who = try condition("who", &fields) else { throw fields.failure("`who` is missing") }
        promise.who = who
        promise.groups = try fields.tokens("never") ?? []
        promise.byAnyRoute = try fields.flag("byAnyRoute") ?? false
        promise.unless = try condition("unless", &fields)
        try end(&fields, .promise(place))
        return promise
    }

    private mutating func test(_ value: JSONText, _ place: Int) throws(Failure) -> TestSyntax {
        var fields = try Fields(value, "tests, entry \(place + 1)")
        var test = TestSyntax(keyword: Token(text: "test", kind: .word))
        test.title = try fields.text("title")
        test.asker = try asker("asker", &fields)
        test.affiliated = try fields.tokens("affiliated") ?? []
        test.request = try fields.word("request")
        test.withPhoto = try fields.flag("photo") ?? false
        for value in try fields.list("facts") ?? [] {
            var one = try Fields(value, fields.inner("facts"))
            test.facts.append((try one.needed("fact"), try one.needed("value")))
            try one.end()
        }
        for value in try fields.list("certifications") ?? [] {
            var one = try Fields(value, fields.inner("certifications"))
            guard let name = try one.text("name") else { throw one.failure("`name` is missing") }
            test.certifications.append(
                CertificationSyntax(
                    keyword: Token(text: "certification", kind: .word), name: name,
                    version: try one.number("version"), standing: try one.needed("standing")))
            try one.end()
        }
        test.over = try fields.tokens("over") ?? []
        test.behalf = try asker("behalf", &fields)
        test.day = try fields.word("on")
        for value in try fields.list("expect") ?? [] {
            var one = try Fields(value, fields.inner("expect"))
            test.expectations.append(
                ExpectationSyntax(
                    verb: try verb(&one), groups: try one.tokens("groups") ?? [],
                    rules: try one.tokens("rules") ?? [], things: try conditions("things", &one) ?? []))
            try one.end()
        }
        try end(&fields, .test(place))
        return test
    }

    /// What a test expects: one word, or `no duty`.
    private func verb(_ fields: inout Fields) throws(Failure) -> Token {
        guard let text = try fields.text("that"), Token.isWord(text.text) || text.text == "no duty" else {
            throw fields.failure("`that` is missing, or nothing that a test can expect")
        }
        return Token(text: text.text, kind: .word)
    }

    private func asker(_ key: String, _ outer: inout Fields) throws(Failure) -> AskerSyntax? {
        guard let value = outer.value(key) else { return nil }
        var fields = try Fields(value, outer.inner(key))
        let asker: AskerSyntax
        if fields.has("family") {
            asker = .family(try fields.needed("family"))
        } else if fields.has("agency") {
            asker = .agency(try fields.needed("agency"))
        } else if try fields.flag("unknown") == true {
            asker = .unknownAgency(Token(text: "unknown", kind: .word))
        } else {
            asker = .member(of: try fields.needed("set"), state: try fields.word("of"))
        }
        try fields.end()
        return asker
    }
}
