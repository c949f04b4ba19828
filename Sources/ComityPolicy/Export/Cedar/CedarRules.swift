import ComityMessages

/// The rules of a policy as Cedar policies.
struct CedarRules {
    let policy: Policy
    let taxonomy: Taxonomy
    private var lines: [String] = []

    static func write(_ policy: Policy, taxonomy: Taxonomy) -> String {
        var writer = CedarRules(policy: policy, taxonomy: taxonomy)
        writer.all()
        return writer.lines.joined(separator: "\n") + "\n"
    }

    private init(policy: Policy, taxonomy: Taxonomy) {
        self.policy = policy
        self.taxonomy = taxonomy
    }

    private mutating func all() {
        lines += [
            "// \(policy.owner) version \(policy.version), made from the policy with the identity",
            "// \(policy.hash.hex).", "// Do not edit: edit the policy and export it again.", "",
            "// What was not asked for is not released.",
        ]
        for group in FieldGroup.allCases {
            put(
                "forbid", "action == \(CedarText.action(CedarText.release(group)))",
                ["!context.asked.contains(\(CedarText.quoted(group.rawValue)))"])
        }
        for rule in policy.rules { put(rule) }
    }

    private mutating func put(_ rule: Rule) {
        lines.append("")
        let applies = conditions(rule)
        // All of them by name: their common parent would be known only where the schema is given.
        let release = groups(.all)
        func only(_ name: String) -> String { "action == \(CedarText.action(name))" }
        func groups(_ groups: FieldGroupSet) -> String {
            "action in [\(groups.groups.map { CedarText.action(CedarText.release($0)) }.joined(separator: ", "))]"
        }
        switch rule.effect {
        case .share(let shared): put("permit", groups(shared), applies, rule)
        case .withhold(let kept): put("forbid", groups(kept), applies, rule)
        case .refuse:
            put("forbid", release, applies, rule)
            put("permit", only("refuse"), applies, rule)
        case .hold(let asked, _):
            let isAsked = asked.map { groups in
                let names = groups.groups.map { CedarText.quoted($0.rawValue) }.joined(separator: ", ")
                return "context.asked.containsAny([\(names)])"
            }
            put("permit", only("hold"), [isAsked].compactMap(\.self) + applies, rule)
        case .limit(let limit):
            let name = LimitName(owner: policy.owner, rule: rule.id).description
            let exceeded = ["context.over.contains(\(CedarText.quoted(name)))"] + applies
            if limit.beyond == .refuse {
                put("forbid", release, exceeded, rule)
                put("permit", only("refuse"), exceeded, rule)
            } else {
                put("permit", only("hold"), exceeded, rule)
            }
        case .require(let things):
            let writer = CedarCondition(taxonomy: taxonomy, hopes: true)
            let carried = things.map {
                writer.expression($0.condition, .certain, reach: .own, hopeful: false)
            }
            let missing = applies + ["!(\(carried.joined(separator: " && ")))"]
            put("forbid", release, missing, rule)
            put("permit", only("refuse"), missing, rule)
            for (number, one) in carried.enumerated() {
                put("permit", only(CedarText.missing(rule.id, number + 1)), applies + ["!(\(one))"], rule)
            }
        case .notify: put("permit", only(CedarText.duty(rule.id)), applies, rule)
        }
    }

    /// When a rule applies: a restriction unless its match is false, a share if its match is true.
    private func conditions(_ rule: Rule) -> [String] {
        let restrictive = rule.effect.isRestrictive
        var conditions = [
            inForce(policy.effective, policy.until), inForce(rule.effective, rule.until),
        ].compactMap(\.self)
        // Restrictions that rest on the record wait for it.
        if restrictive, rule.restsOnRecord(taxonomy) { conditions.append("context.stage == \"answer\"") }
        let writer = CedarCondition(taxonomy: taxonomy, hopes: !restrictive)
        if rule.when != .always {
            conditions.append(
                writer.expression(
                    rule.when, restrictive ? .possible : .certain, reach: restrictive ? .ownOrTied : .own,
                    hopeful: true))
        }
        if let unless = rule.unless {
            let exception = writer.expression(
                unless, restrictive ? .certain : .possible, reach: restrictive ? .own : .ownOrTied,
                hopeful: false)
            conditions.append("!(\(exception))")
        }
        return conditions
    }

    private func inForce(_ first: Day?, _ last: Day?) -> String? {
        let parts = [
            first.map { "context.day >= \(CedarText.number($0))" },
            last.map { "context.day <= \(CedarText.number($0))" },
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " && ")
    }

    private mutating func put(_ effect: String, _ action: String, _ conditions: [String], _ rule: Rule? = nil)
    {
        if let rule {
            lines.append("@rule(\(CedarText.quoted(rule.id)))")
            lines.append("@title(\(CedarText.quoted(rule.title)))")
            if case .notify(let terms) = rule.effect {
                lines.append("@event(\(CedarText.quoted(terms.event.rawValue)))")
            }
        }
        lines.append("\(effect) (principal, \(action), resource)")
        lines.append("when { \(conditions.isEmpty ? "true" : conditions.joined(separator: "\n  && ")) };")
    }
}

extension [UInt8] {
    /// Two small hexadecimal digits for each byte.
    var hex: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
