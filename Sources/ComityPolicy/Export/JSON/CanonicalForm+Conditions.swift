extension CanonicalReader {
    func condition(_ key: String, _ outer: inout Fields) throws(Failure) -> ConditionSyntax? {
        guard let value = outer.value(key) else { return nil }
        return try condition(value, outer.inner(key))
    }

    func conditions(_ key: String, _ outer: inout Fields) throws(Failure) -> [ConditionSyntax]? {
        guard let list = try outer.list(key) else { return nil }
        var conditions: [ConditionSyntax] = []
        for value in list { conditions.append(try condition(value, outer.inner(key))) }
        return conditions
    }

    private func condition(_ value: JSONText, _ place: String) throws(Failure) -> ConditionSyntax {
        var fields = try Fields(value, place)
        let condition = try known(&fields)
        guard let condition else { throw fields.failure("this is no condition") }
        try fields.end()
        return condition
    }

    private func known(_ fields: inout Fields) throws(Failure) -> ConditionSyntax? {
        if fields.has("everybody") { return try fields.flag("everybody") == true ? .everybody : nil }
        if let parts = try conditions("all", &fields) { return parts.count > 1 ? .all(parts) : nil }
        if let parts = try conditions("any", &fields) { return parts.count > 1 ? .any(parts) : nil }
        if let inner = try condition("not", &fields) { return .not(inner) }
        if let name = try fields.word("named") { return .named(name, of: try fields.tokens("of") ?? []) }
        if let name = try fields.word("fact") { return try fact(name, &fields) }
        if let name = try fields.text("certification") {
            return .certification(
                Token(text: "certification", kind: .word), name: name,
                version: try fields.number("version"), standings: try fields.tokens("is") ?? [])
        }
        for keyword in Keywords.who.sorted() {
            if let values = try fields.tokens(keyword) {
                return values.isEmpty
                    ? nil : .who(keyword: Token(text: keyword, kind: .word), values: values)
            }
        }
        return nil
    }

    private func fact(_ name: Token, _ fields: inout Fields) throws(Failure) -> ConditionSyntax {
        func verb(_ word: String) -> Token { Token(text: word, kind: .word) }
        if fields.has("is") {
            return .fact(name, verb: verb("is"), values: [try fields.text("is")].compactMap(\.self))
        }
        if let values = try fields.tokens("in") { return .fact(name, verb: verb("in"), values: values) }
        return .fact(name, verb: try fields.needed("verb"), values: [])
    }
}
