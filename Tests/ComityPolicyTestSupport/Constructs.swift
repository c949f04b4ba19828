import ComityMessages
public import ComityPolicy

/// The constructs of the language that judging knows, by name, so that a test can say which come up.
public enum Constructs {
    /// Everything that must come up in random policies.
    public static let ofPolicies: Set<String> = {
        var all: Set<String> = [
            "share", "refuse", "withhold", "hold", "require", "notify", "limit", "hold for groups",
            "with two people", "with one person",
            "hold always", "otherwise refuse", "otherwise release", "limit refuses", "limit holds",
            "rule effective", "rule until", "policy until", "rule neutral", "policy neutral", "network",
            "unless",
            "no unless", "several alternatives", "treat", "treat as not", "always", "not", "and", "or",
            "named",
            "family", "agency", "pattern", "kind", "state", "own state", "country", "certification",
            "certification version", "absent", "given", "several values", "before", "within", "party subject",
            "party owner", "party desk", "party named", "carry reason", "carry value", "carry certification",
            "carry certification version", "carry several", "promise", "promise by any route",
            "promise unless",
        ]
        for unit in DutyTerms.Unit.allCases { all.insert("unit \(unit.rawValue)") }
        for event in DutyEvent.allCases { all.insert("after \(event.rawValue)") }
        for period in LookupLimit.Period.allCases { all.insert("period \(period.rawValue)") }
        for scope in LookupLimit.Scope.allCases { all.insert("each \(scope.rawValue)") }
        for standing in ["inForce", "expired", "never", "revoked"] { all.insert("standing \(standing)") }
        for group in FieldGroup.allCases {
            all.formUnion(["give \(group.rawValue)", "keep \(group.rawValue)"])
        }
        for fact in ExampleWorld.taxonomy.facts { all.insert("fact \(fact.name)") }
        for set in ExampleWorld.taxonomy.sets { all.insert("set \(set.name)") }
        return all
    }()

    /// What comes up in a policy.
    public static func seen(in policy: Policy) -> Set<String> {
        var seen: Set<String> = []
        if policy.until != nil { seen.insert("policy until") }
        if policy.isNeutral { seen.insert("policy neutral") }
        if policy.isNetwork { seen.insert("network") }
        for one in policy.treatments { seen.insert(one.isMember ? "treat" : "treat as not") }
        for promise in policy.promises {
            seen.insert("promise")
            if promise.byAnyRoute { seen.insert("promise by any route") }
            if promise.unless != nil { seen.insert("promise unless") }
        }
        for rule in policy.rules {
            if rule.effective != nil { seen.insert("rule effective") }
            if rule.until != nil { seen.insert("rule until") }
            if rule.isNeutral { seen.insert("rule neutral") }
            seen.insert(rule.unless == nil ? "no unless" : "unless")
            seen.formUnion(Self.seen(in: rule.effect))
            collect(rule.match, into: &seen)
        }
        return seen
    }

    private static func seen(in effect: Effect) -> Set<String> {
        var seen: Set<String> = [effect.word]
        switch effect {
        case .share(let groups): seen.formUnion(groups.groups.map { "give \($0.rawValue)" })
        case .withhold(let groups): seen.formUnion(groups.groups.map { "keep \($0.rawValue)" })
        case .refuse: break
        case .hold(let groups, let hold):
            seen.formUnion([
                groups == nil ? "hold always" : "hold for groups", "otherwise \(hold.otherwise)",
                hold.people == 2 ? "with two people" : "with one person",
            ])
        case .require(let things):
            if things.count > 1 { seen.insert("carry several") }
            for thing in things {
                switch thing.test {
                case .certification(_, let version, _):
                    seen.insert("carry certification\(version == nil ? "" : " version")")
                case .absent: seen.insert("carry reason")
                default: seen.insert("carry value")
                }
            }
        case .notify(let terms):
            seen.insert("after \(terms.event.rawValue)")
            switch terms.party {
            case .subject: seen.insert("party subject")
            case .owner: seen.insert("party owner")
            case .desk: seen.insert("party desk")
            case .named: seen.insert("party named")
            }
            switch terms.clock {
            case .before: seen.insert("before")
            case .within(_, let unit): seen.formUnion(["within", "unit \(unit.rawValue)"])
            }
        case .limit(let limit):
            seen.formUnion(["period \(limit.period.rawValue)", "each \(limit.scope.rawValue)"])
            seen.insert(limit.beyond == .refuse ? "limit refuses" : "limit holds")
        }
        return seen
    }

    private static func collect(_ condition: Condition, into seen: inout Set<String>) {
        switch condition {
        case .always: seen.insert("always")
        case .test(let test): collect(test, into: &seen)
        case .not(let inner):
            seen.insert("not")
            if case .test(.absent) = inner { seen.insert("given") }
            collect(inner, into: &seen)
        case .named(let name, let inner):
            seen.formUnion(["named", "set \(name)"])
            collect(inner, into: &seen)
        case .all(let parts):
            seen.insert("and")
            for part in parts { collect(part, into: &seen) }
        case .any(let parts):
            seen.formUnion(["or", "several alternatives"])
            for part in parts { collect(part, into: &seen) }
        }
    }

    private static func collect(_ test: Test, into seen: inout Set<String>) {
        switch test {
        case .family: seen.insert("family")
        case .agency: seen.insert("agency")
        case .pattern: seen.insert("pattern")
        case .kind: seen.insert("kind")
        case .state: seen.insert("state")
        case .ownState: seen.insert("own state")
        case .country: seen.insert("country")
        case .certification(_, let version, let standings):
            seen.insert(version == nil ? "certification" : "certification version")
            for standing in standings { seen.insert("standing \(standing)") }
        case .fact(let position, let values):
            seen.insert("fact \(ExampleWorld.taxonomy.facts[position].name)")
            if values.count > 1 { seen.insert("several values") }
        case .absent(let position):
            seen.formUnion(["fact \(ExampleWorld.taxonomy.facts[position].name)", "absent"])
        }
    }

    /// Everything that must come up in random look-ups.
    public static let ofLookups: Set<String> = {
        var all: Set<String> = [
            "unknown agency", "kind unknown", "state unknown", "family unknown", "ties unknown",
            "country unknown",
            "certifications unknown", "kind", "state", "outside the tree", "in a family", "no ties", "ties",
            "country", "never certified", "certification inForce", "certification expired",
            "certification revoked", "on behalf of nobody", "on behalf of an agency", "on behalf unreadable",
            "limit over", "limits kept", "own state",
        ]
        for fact in ExampleWorld.taxonomy.facts {
            all.formUnion((0..<(fact.values.count + 2)).map { "\(fact.name) \($0)" })
            // A fact that is something else when it is not stated is never absent.
            if !fact.canBeAbsent { all.remove("\(fact.name) 1") }
        }
        return all
    }()

    /// What comes up in a look-up.
    public static func seen(in facts: FactVector) -> Set<String> {
        var seen: Set<String> = [facts.over.isEmpty ? "limits kept" : "limit over"]
        for (fact, value) in zip(ExampleWorld.taxonomy.facts, facts.values) {
            seen.insert("\(fact.name) \(value.rawValue)")
        }
        switch facts.onBehalf {
        case .nobody: seen.insert("on behalf of nobody")
        case .agency: seen.insert("on behalf of an agency")
        case .unreadable: seen.insert("on behalf unreadable")
        }
        let asker = facts.requester
        guard asker.isKnown else { return seen.union(["unknown agency"]) }
        seen.insert(asker.kind == nil ? "kind unknown" : "kind")
        seen.insert(asker.state == nil ? "state unknown" : asker.state == facts.owner ? "own state" : "state")
        seen.insert(asker.family.map { $0 == nil ? "outside the tree" : "in a family" } ?? "family unknown")
        seen.insert(asker.affiliations.map { $0.isEmpty ? "no ties" : "ties" } ?? "ties unknown")
        seen.insert(asker.country == nil ? "country unknown" : "country")
        guard let signed = asker.certifications else { return seen.union(["certifications unknown"]) }
        if signed.isEmpty { seen.insert("never certified") }
        for one in signed { seen.insert("certification \(one.standing)") }
        return seen
    }
}
