import ComityDirectory
import ComityMessages

extension Checker {
    /// A condition with every word looked up. What is unknown is reported and stands as `always`, which is
    /// never used: a policy with an error is none.
    mutating func condition(_ syntax: ConditionSyntax) -> Condition {
        switch syntax {
        case .everybody, .broken: return .always
        case .not(let inner): return .not(condition(inner))
        case .all(let parts):
            var result: [Condition] = []
            for part in parts { result.append(condition(part)) }
            return .all(result)
        case .any(let parts):
            var result: [Condition] = []
            for part in parts { result.append(condition(part)) }
            return .any(result)
        case .who(let keyword, let values): return who(keyword, values)
        case .named(let name, let states): return named(name, of: states)
        case .fact(let name, let verb, let values): return fact(name, verb: verb, values: values)
        case .certification(_, let name, let version, let standings):
            return certification(name, version, standings).map { .test($0) } ?? .always
        }
    }

    private mutating func who(_ keyword: Token, _ values: [Token]) -> Condition {
        if values.isEmpty { return .always }
        var tests: [Test] = []
        var kinds: [String] = []
        var states: [MemberCode] = []
        var countries: [String] = []
        for value in values {
            switch keyword.text {
            case "family": if let path = family(value) { tests.append(.family(path)) }
            case "agency": if let ori = agency(value) { tests.append(.agency(ori)) }
            case "pattern": if let pattern = pattern(value) { tests.append(.pattern(pattern)) }
            case "kind":
                if taxonomy.kinds.contains(value.text) {
                    kinds.append(value.text)
                } else {
                    unknown("kind", "kind of agency", value, among: taxonomy.kinds)
                }
            case "country":
                if directory.countries.contains(value.text) {
                    countries.append(value.text)
                } else {
                    unknown("country", "country", value, among: directory.countries)
                }
            default: if let state = state(value) { states.append(state) }
            }
        }
        if !kinds.isEmpty { tests.append(.kind(Array(Set(kinds)).sorted())) }
        if !states.isEmpty { tests.append(.state(Array(Set(states)).sorted())) }
        if !countries.isEmpty { tests.append(.country(Array(Set(countries)).sorted())) }
        return tests.count == 1 ? .test(tests[0]) : tests.isEmpty ? .always : .any(tests.map { .test($0) })
    }

    mutating func family(_ token: Token) -> FamilyPath? {
        guard let path = FamilyPath(token.text), directory.family(path) != nil else {
            unknown("family", "family", token, among: directory.families.map(\.path.description))
            return nil
        }
        return path
    }

    mutating func agency(_ token: Token) -> ORI? {
        guard let ori = ORI(token.text) else {
            findings.error(
                "unknown-agency", at: token.span, "\(token.shown) is not an agency ID",
                help: "an agency ID (ORI) has nine capitals or digits")
            return nil
        }
        if directory.agency(ori) == nil {
            findings.error("unknown-agency", at: token.span, "the directory has no agency \(token.shown)")
            return nil
        }
        return ori
    }

    private mutating func pattern(_ token: Token) -> IDPattern? {
        guard let pattern = IDPattern(token.text) else {
            findings.error(
                "bad-pattern", at: token.span, "\(token.shown) is not a pattern of an agency ID",
                help: "write nine capitals, digits or `?` for any one character, such as `DX???0100`")
            return nil
        }
        if !hasAgency(fitting: pattern) {
            findings.error(
                "empty-set", at: token.span, "no agency ID in the directory fits \(token.shown)",
                help: "a rule about nobody does nothing")
        }
        return pattern
    }

    /// Looks only at the agencies whose IDs begin like the pattern; the directory has them in order.
    private func hasAgency(fitting pattern: IDPattern) -> Bool {
        let beginning = pattern.text.prefix { $0 != "?" }
        guard let first = ORI(beginning + String(repeating: "0", count: ORI.length - beginning.count)),
            let last = ORI(beginning + String(repeating: "Z", count: ORI.length - beginning.count))
        else { return false }
        let agencies = directory.agencies
        var low = 0
        var high = agencies.count
        while low < high {
            let middle = (low + high) / 2
            if agencies[middle].ori < first { low = middle + 1 } else { high = middle }
        }
        return agencies[low...].prefix { $0.ori <= last }.contains { pattern.matches($0.ori) }
    }

    mutating func state(_ token: Token) -> MemberCode? {
        guard let code = MemberCode(token.text), directory.name(of: code) != nil else {
            findings.error(
                "unknown-state", at: token.span, "the directory has no member \(token.shown)",
                help: "write two capitals such as `WA`")
            return nil
        }
        return code
    }

    private mutating func named(_ name: Token, of states: [Token]) -> Condition {
        if taxonomy.namedSet(name.text) == nil, definitions.syntax(name.text) != nil {
            if let first = states.first {
                findings.error(
                    "unexpected", at: first.span,
                    "`of` can stand only after a named set, not after a definition",
                    help: "write: \(name.text) and state \(first.text)")
            }
            return definition(name) ?? .always
        }
        guard let condition = Self.condition(of: name.text, taxonomy: taxonomy) else {
            if let fact = taxonomy.fact(name.text) {
                findings.error(
                    "unfinished-test", at: name.span, "`\(fact.name)` is a fact; say what it must be",
                    help: "for example: \(fact.name) is \(fact.values[0].code)")
            } else {
                let words = taxonomy.sets.map(\.name) + taxonomy.facts.map(\.name) + Array(definitions.names)
                unknown("word", "named set, definition or fact", name, among: words)
            }
            return .always
        }
        let members = states.compactMap { state($0) }
        if members.isEmpty { return condition }
        return .all([condition, .test(.state(Array(Set(members)).sorted()))])
    }

    /// What a named set of the taxonomy means.
    static func condition(of name: String, taxonomy: Taxonomy) -> Condition? {
        guard let set = taxonomy.namedSet(name) else { return nil }
        let kind: Condition = .test(.kind(set.kinds.sorted()))
        return switch set.place {
        case .anywhere: .named(name, kind)
        case .own: .named(name, .all([kind, .test(.ownState)]))
        case .others: .named(name, .all([kind, .not(.test(.ownState))]))
        }
    }

    private mutating func fact(_ name: Token, verb: Token, values: [Token]) -> Condition {
        guard let position = taxonomy.position(ofFact: name.text) else {
            unknown("fact", "fact", name, among: taxonomy.facts.map(\.name))
            return .always
        }
        let fact = taxonomy.facts[position]
        if verb.text == "absent" || (verb.text == "given" && fact.canBeAbsent) {
            guard fact.canBeAbsent else {
                findings.error(
                    "never-absent", at: verb.span, "`\(fact.name)` is never absent",
                    help: "its values are: \(fact.values.map(\.code).joined(separator: ", "))")
                return .always
            }
            let absent: Condition = .test(.absent(position: position))
            return verb.text == "absent" ? absent : .not(absent)
        }
        let words = verb.text == "is" || verb.text == "in" ? values : [verb]
        var allowed: Set<FactValue> = []
        for word in words {
            guard let meaning = meaning(of: word.text, in: fact) else {
                unknown(
                    "value", "value of `\(fact.name)`", word,
                    among: fact.values.map(\.code) + Array(fact.groups.keys))
                continue
            }
            allowed.formUnion(meaning)
        }
        if allowed.isEmpty, !words.isEmpty, !findings.hasErrors {
            findings.error(
                "empty-set", at: name.span, "no value of `\(fact.name)` is left in what is named here",
                help: "a rule about nothing does nothing")
        }
        return .test(.fact(position: position, values: allowed.sorted { $0.rawValue < $1.rawValue }))
    }

    /// Reports a word that means nothing, with the nearest that does.
    mutating func unknown(_ code: String, _ what: String, _ token: Token, among words: [String]) {
        var help = Suggestion.sentence(for: token.text, among: words)
        if help.isEmpty, words.count <= 20 { help = "known: \(words.sorted().joined(separator: ", "))" }
        findings.error("unknown-\(code)", at: token.span, "unknown \(what) \(token.shown)", help: help)
    }
}
