import ComityDirectory
import ComityMessages

extension Checker {
    mutating func tests(_ all: [TestSyntax], policy: Policy) -> [PolicyTest] {
        if all.count > Limits.tests, let last = all.last {
            findings.error("too-many-tests", at: last.keyword.span, "more than \(Limits.tests) tests")
        }
        var result: [PolicyTest] = []
        for test in all.prefix(Limits.tests) {
            if let checked = self.test(test, policy: policy) { result.append(checked) }
        }
        return result
    }

    private mutating func test(_ syntax: TestSyntax, policy: Policy) -> PolicyTest? {
        let place = syntax.keyword.span
        guard let asker = syntax.asker, let token = syntax.request else { return nil }
        guard let kind = RequestKind(rawValue: token.text) else {
            unknown("request", "kind of request", token, among: RequestKind.allCases.map(\.rawValue))
            return nil
        }
        let day = syntax.day.flatMap { self.day($0) } ?? policy.effective
        guard var requester = self.requester(asker, on: day, policy: policy) else { return nil }
        if !syntax.affiliated.isEmpty {
            var ties = requester.affiliations ?? []
            for token in syntax.affiliated { if let path = family(token) { ties.append(path) } }
            requester = Requester(
                ori: requester.ori, kind: requester.kind, state: requester.state, family: requester.family,
                affiliations: ties, country: requester.country, certifications: requester.certifications,
                taxonomy: taxonomy)
        }
        if !syntax.certifications.isEmpty {
            guard let signed = certifications(syntax.certifications, of: requester) else { return nil }
            requester = signed
        }
        let over = syntax.over.compactMap { limit($0, of: policy) }
        let request = Request(kind: kind, breadth: .oneRecord, photoAsked: syntax.withPhoto)
        var values = taxonomy.facts.map { fact -> FactValue in
            switch fact.name {
            case "request": fact.value(kind.rawValue) ?? .unknown
            case "breadth": fact.value(request.breadth.rawValue) ?? .unknown
            case "path": fact.value("hub") ?? .unknown
            default: fact.ifNotStated
            }
        }
        var hasRecord = false
        for (name, value) in syntax.facts {
            guard let (position, state) = self.state(name, value) else { continue }
            values[position] = state
            if taxonomy.facts[position].source == .record { hasRecord = true }
        }
        var onBehalf = FactVector.OnBehalf.nobody
        if let behalf = syntax.behalf {
            guard let other = self.requester(behalf, on: day, policy: policy) else { return nil }
            onBehalf = .agency(other)
            if let position = taxonomy.position(ofFact: "on-behalf") {
                values[position] = taxonomy.facts[position].value("given") ?? .unknown
            }
        }
        // The network's own files hold for every owner; their tests speak of one that is nobody's state.
        let facts = FactVector(
            owner: policy.owner, requester: requester, onBehalf: onBehalf, values: values,
            asked: taxonomy.groupsAsked(by: request), at: day.start, over: over)
        let expectations = self.expectations(syntax, policy: policy)
        if syntax.expectations.isEmpty {
            findings.error("no-expectation", at: place, "the test expects nothing", help: "add: expect open")
        }
        return PolicyTest(
            title: syntax.title?.text ?? "", line: place.line, facts: facts, hasRecord: hasRecord,
            expectations: expectations)
    }

    /// The same agency, having signed what a test says.
    private mutating func certifications(_ all: [CertificationSyntax], of requester: Requester) -> Requester?
    {
        guard requester.isKnown else { return requester }
        var signed = requester.certifications ?? []
        for syntax in all {
            guard
                let test = certification(syntax.name, syntax.version, [syntax.standing]),
                case .certification(let name, let version, let standings) = test,
                let standing = standings.first
            else { return nil }
            signed.removeAll { $0.name == name && (version == nil || $0.version == version) }
            signed.append(CertificationState(name: name, version: version ?? 1, standing: standing))
        }
        return Requester(
            ori: requester.ori, kind: requester.kind, state: requester.state, family: requester.family,
            affiliations: requester.affiliations, country: requester.country,
            certifications: signed.filter { $0.standing != .never }, taxonomy: taxonomy)
    }

    private mutating func limit(_ token: Token, of policy: Policy) -> LimitName? {
        guard let found = policy.limits.first(where: { $0.name.rule == token.text }) else {
            unknown("rule", "limit", token, among: policy.limits.map(\.name.rule))
            return nil
        }
        return found.name
    }

    /// The state of a fact as a test says it: a value, `absent`, or `unknown`.
    private mutating func state(_ name: Token, _ value: Token) -> (Int, FactValue)? {
        guard let position = taxonomy.position(ofFact: name.text) else {
            unknown("fact", "fact", name, among: taxonomy.facts.map(\.name))
            return nil
        }
        let fact = taxonomy.facts[position]
        if value.text == "unknown" { return (position, .unknown) }
        if value.text == "absent", fact.canBeAbsent { return (position, .absent) }
        // A group of several values stands for the weakest, the first: `judicial` is a claimed judicial paper.
        guard let state = meaning(of: value.text, in: fact)?.first else {
            unknown("value", "value of `\(fact.name)`", value, among: fact.values.map(\.code))
            return nil
        }
        return (position, state)
    }

    private mutating func requester(_ asker: AskerSyntax, on day: Day, policy: Policy) -> Requester? {
        let resolver = FactResolver(taxonomy: taxonomy, directory: directory)
        switch asker {
        case .unknownAgency: return .nobodyKnown
        case .agency(let token): return agency(token).map { resolver.requester($0, on: day) }
        case .family(let token):
            guard let path = family(token) else { return nil }
            let member = directory.agencies.first { $0.family?.isWithin(path) == true }?.member
            return Requester(
                ori: .example, kind: "federal", state: member ?? Agency.inventedPrefix, family: .some(path),
                affiliations: [], country: directory.country(of: member ?? Agency.inventedPrefix),
                certifications: [], taxonomy: taxonomy)
        case .member(let set, let stateToken):
            var kind = taxonomy.kinds.contains(set.text) ? set.text : nil
            if kind == nil { kind = taxonomy.namedSet(set.text)?.kinds.first }
            guard let kind else {
                unknown(
                    "word", "named set or kind of agency", set,
                    among: taxonomy.sets.map(\.name) + taxonomy.kinds)
                return nil
            }
            var member = policy.isNetwork ? Agency.inventedPrefix : policy.owner
            if let stateToken {
                guard let code = state(stateToken) else { return nil }
                member = code
            } else if taxonomy.namedSet(set.text)?.place == .others {
                member = Agency.inventedPrefix
            }
            return Requester(
                ori: .example, kind: kind, state: member, family: .some(nil), affiliations: [],
                country: directory.country(of: member), certifications: [], taxonomy: taxonomy)
        }
    }

    private mutating func expectations(_ syntax: TestSyntax, policy: Policy) -> [PolicyTest.Expectation] {
        var result: [PolicyTest.Expectation] = []
        for expectation in syntax.expectations {
            var rules: [String] = []
            for token in expectation.rules {
                if policy.rule(token.text) == nil {
                    unknown("rule", "rule", token, among: policy.rules.map(\.id))
                } else {
                    rules.append(token.text)
                }
            }
            switch expectation.verb.text {
            case "open": result.append(.gate(.open, by: rules))
            case "held": result.append(.gate(.held, by: rules))
            case "refused": result.append(.gate(.refused, by: rules))
            case "released": result.append(.released(groups(expectation.groups)))
            case "duty": result.append(.duty(rules))
            case "no duty": result.append(.noDuty(rules))
            case "missing": result.append(.missing(carried(expectation.things, at: expectation.verb.span)))
            case "withheld": result.append(.withheld(groups(expectation.groups), by: rules))
            default:
                unknown(
                    "expectation", "expectation", expectation.verb,
                    among: ["open", "held", "refused", "released", "withheld", "duty", "no duty", "missing"])
            }
        }
        return result
    }
}

extension ORI {
    /// The ID of an agency that stands for its family or set in a test.
    static let example = ORI("DX0000000")!
}
