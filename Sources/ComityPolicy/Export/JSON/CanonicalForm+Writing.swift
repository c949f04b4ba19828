/// The canonical form of a policy: JSON in which the order of rules and the layout of the file leave no trace.
enum CanonicalForm {
    /// The version of the form, which stands in it.
    static let language = 1

    static func of(_ syntax: PolicySyntax, _ notes: PolicyNotes) -> JSONText {
        let writer = CanonicalWriter(notes: notes)
        var root: [String: JSONText] = ["language": .number(language)]
        root["policy"] = syntax.header.map { writer.header($0) }
        root["definitions"] = .array(
            syntax.definitions.enumerated().map { writer.definition($1, .definition($0)) })
        root["treatments"] = .array(
            syntax.treatments.enumerated().map { writer.treatment($1, .treatment($0)) })
        root["rules"] = .array(
            syntax.rules.enumerated().sorted {
                $0.element.id.text != $1.element.id.text
                    ? RuleOrder.isBefore($0.element.id.text, $1.element.id.text) : $0.offset < $1.offset
            }.map { writer.rule($0.element, .rule($0.offset)) })
        root["promises"] = .array(syntax.promises.enumerated().map { writer.promise($1, .promise($0)) })
        root["tests"] = .array(syntax.tests.enumerated().map { writer.test($1, .test($0)) })
        if !notes.ending.isEmpty { root["ending"] = .array(notes.ending.map { .string($0) }) }
        return .object(root)
    }
}

extension Token {
    /// As a JSON value: a number where it can be one.
    var number: JSONText {
        Int(text).flatMap { (0...1_000_000_000).contains($0) ? .number($0) : nil } ?? .string(text)
    }
}

extension [Token] {
    var json: JSONText { .array(map { .string($0.text) }) }
}

/// Writes the parts of the canonical form.
struct CanonicalWriter {
    let notes: PolicyNotes

    private func object(_ fields: [String: JSONText?], _ item: ItemSyntax.Kind) -> JSONText {
        var all = fields.compactMapValues(\.self)
        var comments: [String: JSONText] = [:]
        for part in PartName.allCases {
            guard let note = notes.notes[PolicyNotes.Place(item: item, part: part)], !note.isEmpty else {
                continue
            }
            var one: [String: JSONText] = [:]
            if !note.before.isEmpty { one["before"] = .array(note.before.map { .string($0) }) }
            if let behind = note.behind { one["behind"] = .string(behind) }
            comments[part.rawValue] = .object(one)
        }
        if !comments.isEmpty { all["comments"] = .object(comments) }
        return .object(all)
    }

    private func text(_ token: Token?) -> JSONText? { token.map { .string($0.text) } }

    func header(_ header: PolicySyntax.Header) -> JSONText {
        object(
            [
                "owner": text(header.owner), "title": text(header.title), "version": header.version?.number,
                "effective": text(header.effective), "until": text(header.until),
                "taxonomy": text(header.taxonomy),
                "recordRefusals": header.neutral == nil ? nil : .string("not-on-file"),
            ], .header)
    }

    func definition(_ definition: DefinitionSyntax, _ item: ItemSyntax.Kind) -> JSONText {
        object(["name": text(definition.name), "condition": condition(definition.condition)], item)
    }

    func treatment(_ treatment: TreatmentSyntax, _ item: ItemSyntax.Kind) -> JSONText {
        object(
            [
                "value": text(treatment.value), "class": text(treatment.group),
                "member": .bool(treatment.isMember),
            ], item)
    }

    func rule(_ rule: RuleSyntax, _ item: ItemSyntax.Kind) -> JSONText {
        object(
            [
                "kind": text(rule.kind), "id": text(rule.id), "title": text(rule.title),
                "groups": rule.groups?.json,
                "carry": rule.carryKeyword == nil ? nil : .array(rule.carried.map(condition)),
                "tell": rule.notice.map(notice), "limit": rule.limit.map(limit),
                "who": rule.who.map(condition), "when": rule.when.map(condition),
                "unless": rule.unless.map(condition), "desk": rule.hold.map(hold),
                "answer": rule.neutral == nil ? nil : .string("not-on-file"),
                "law": rule.law.json, "effective": text(rule.effective), "until": text(rule.until),
            ], item)
    }

    private func hold(_ hold: HoldSyntax) -> JSONText {
        object(
            [
                "name": text(hold.desk), "people": text(hold.people), "within": hold.number?.number,
                "unit": text(hold.unit),
                "otherwise": text(hold.otherwise),
            ])
    }

    private func object(_ fields: [String: JSONText?]) -> JSONText {
        .object(fields.compactMapValues(\.self))
    }

    private func notice(_ notice: NoticeSyntax) -> JSONText {
        var fields: [String: JSONText?] = [:]
        switch (notice.party.kind, notice.party.text) {
        case (.text, let name): fields["name"] = .string(name)
        case (_, "desk"): fields["desk"] = text(notice.name)
        case (_, let party): fields["party"] = .string(party)
        }
        if notice.isBefore {
            fields["before"] = text(notice.event)
        } else {
            fields["within"] = notice.number?.number
            fields["unit"] = text(notice.unit)
            fields["after"] = text(notice.event)
        }
        return object(fields)
    }

    private func limit(_ limit: LimitSyntax) -> JSONText {
        object(
            [
                "most": limit.number?.number, "in": text(limit.period), "each": text(limit.scope),
                "otherwise": limit.hold.map { object(["hold": hold($0)]) } ?? .string("refuse"),
            ])
    }

    func promise(_ promise: PromiseSyntax, _ item: ItemSyntax.Kind) -> JSONText {
        object(
            [
                "title": text(promise.title), "who": condition(promise.who), "never": promise.groups.json,
                "byAnyRoute": .bool(promise.byAnyRoute), "unless": promise.unless.map(condition),
            ], item)
    }

    func test(_ test: TestSyntax, _ item: ItemSyntax.Kind) -> JSONText {
        object(
            [
                "title": text(test.title), "asker": test.asker.map(asker),
                "affiliated": test.affiliated.isEmpty ? nil : test.affiliated.json,
                "request": text(test.request), "photo": test.withPhoto ? .bool(true) : nil,
                "facts": test.facts.isEmpty
                    ? nil
                    : .array(
                        test.facts.map { object(["fact": text($0.name), "value": text($0.value)]) }),
                "certifications": test.certifications.isEmpty
                    ? nil
                    : .array(
                        test.certifications.map {
                            object(
                                [
                                    "name": text($0.name), "version": $0.version?.number,
                                    "standing": text($0.standing),
                                ])
                        }),
                "over": test.over.isEmpty ? nil : test.over.json, "behalf": test.behalf.map(asker),
                "on": text(test.day), "expect": .array(test.expectations.map(expectation)),
            ], item)
    }

    private func asker(_ asker: AskerSyntax) -> JSONText {
        switch asker {
        case .family(let token): object(["family": text(token)])
        case .agency(let token): object(["agency": text(token)])
        case .unknownAgency: object(["unknown": .bool(true)])
        case .member(let set, let state): object(["set": text(set), "of": text(state)])
        }
    }

    private func expectation(_ expectation: ExpectationSyntax) -> JSONText {
        object(
            [
                "that": text(expectation.verb),
                "groups": expectation.groups.isEmpty ? nil : expectation.groups.json,
                "things": expectation.things.isEmpty ? nil : .array(expectation.things.map(condition)),
                "rules": expectation.rules.isEmpty ? nil : expectation.rules.json,
            ])
    }

    func condition(_ condition: ConditionSyntax) -> JSONText {
        switch condition {
        case .everybody, .broken: return object(["everybody": .bool(true)])
        case .who(let keyword, let values): return object([keyword.text: values.json])
        case .named(let name, let states):
            return object(["named": text(name), "of": states.isEmpty ? nil : states.json])
        case .fact(let name, let verb, let values):
            switch verb.text {
            case "is": return object(["fact": text(name), "is": text(values.first)])
            case "in": return object(["fact": text(name), "in": values.json])
            default: return object(["fact": text(name), "verb": text(verb)])
            }
        case .certification(_, let name, let version, let standings):
            return object(
                [
                    "certification": text(name), "version": version?.number,
                    "is": standings.isEmpty ? nil : standings.json,
                ])
        case .not(let inner): return object(["not": self.condition(inner)])
        case .all(let parts): return object(["all": .array(parts.map(self.condition))])
        case .any(let parts): return object(["any": .array(parts.map(self.condition))])
        }
    }
}
