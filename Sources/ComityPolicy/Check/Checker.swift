import ComityDirectory
import ComityMessages

/// Turns a syntax tree into a policy, looking every word up and reporting what cannot be meant.
struct Checker {
    let taxonomy: Taxonomy
    let directory: Directory
    var findings: Findings
    var definitions = Definitions()
    /// What the owner counts into a class or out of it.
    var treatments: [Treatment] = []

    init(taxonomy: Taxonomy, directory: Directory, findings: Findings) {
        self.taxonomy = taxonomy
        self.directory = directory
        self.findings = findings
    }

    /// The policy; what it is worth if there are errors is for the caller to say.
    mutating func check(_ syntax: PolicySyntax, text: String) -> Policy? {
        guard let header = check(syntax.header, end: syntax.end) else { return nil }
        check(syntax.treatments)
        definitions.begin(syntax.definitions)
        reportDefinitions(syntax.definitions)
        let rules = self.rules(syntax)
        let promises = self.promises(syntax.promises)
        reportUnused(syntax.definitions)
        let hash = CanonicalPolicy.identity(of: syntax)
        var policy = Policy(
            owner: header.owner, title: header.title, version: header.version, effective: header.effective,
            until: header.until, taxonomyVersion: taxonomy.version, rules: rules, treatments: treatments,
            isNeutral: syntax.header?.neutral != nil, promises: promises, tests: [], text: text, hash: hash)
        reportSize(of: policy, at: syntax.end)
        if !findings.hasErrors {
            reportIdle(policy)
            reportTwins(policy)
        }
        policy = policy.with(tests: tests(syntax.tests, policy: policy))
        return findings.hasErrors ? nil : policy
    }

    struct Header {
        var owner: MemberCode
        var title: String
        var version: Int
        var effective: Day
        var until: Day?
    }

    private mutating func check(_ header: PolicySyntax.Header?, end: Span) -> Header? {
        guard let header else {
            findings.error(
                "no-header", at: Span(line: 1, column: 1), "the file does not say whose policy it is",
                help: "begin with: policy WA \"title\" version 1 effective 2026-01-15")
            return nil
        }
        let place = header.owner.span
        let owner = self.owner(header.owner)
        if header.title == nil || header.title?.text.isEmpty == true {
            findings.error("no-title", at: place, "the policy has no title", help: "add one in quotes")
        }
        var version: Int?
        if let token = header.version {
            version = Int(token.text).flatMap { (1...1_000_000_000).contains($0) ? $0 : nil }
            if version == nil {
                findings.error("bad-version", at: token.span, "\(token.shown) is not a number from 1 on")
            }
        } else {
            findings.error("no-version", at: place, "the policy has no version", help: "add: version 1")
        }
        let effective = header.effective.flatMap { day($0) }
        if header.effective == nil {
            findings.error(
                "no-effective", at: place, "the policy does not say from when on it counts",
                help: "add: effective 2026-01-15")
        }
        let until = header.until.flatMap { day($0) }
        reportOrder(effective, until, at: header.until)
        if let token = header.taxonomy, token.text != taxonomy.version {
            findings.error(
                "other-taxonomy", at: token.span,
                "the policy is written for taxonomy \(token.shown), but `\(taxonomy.version)` is in use",
                help: "check its words against `\(taxonomy.version)` and write that")
        }
        guard let owner, let title = header.title?.text, let version, let effective else { return nil }
        return Header(owner: owner, title: title, version: version, effective: effective, until: until)
    }

    private mutating func owner(_ token: Token) -> MemberCode? {
        if token.text == "network" { return Policy.network }
        guard let code = MemberCode(token.text) else {
            findings.error(
                "unknown-member", at: token.span, "\(token.shown) is not a member code",
                help: "write two capitals such as `WA`, or `network`")
            return nil
        }
        if directory.name(of: code) == nil {
            findings.error("unknown-member", at: token.span, "the directory has no member \(token.shown)")
            return nil
        }
        return code
    }

    mutating func day(_ token: Token) -> Day? {
        let day = Day(token.text)
        if day == nil {
            findings.error(
                "bad-date", at: token.span, "\(token.shown) is not a date", help: "write it as `2026-01-15`")
        }
        return day
    }

    mutating func reportOrder(_ effective: Day?, _ until: Day?, at token: Token?) {
        if let effective, let until, until < effective, let token {
            findings.error("never-in-force", at: token.span, "it ends before it begins")
        }
    }

    private mutating func rules(_ syntax: PolicySyntax) -> [Rule] {
        var seen: [String: Int] = [:]
        var rules: [Rule] = []
        for rule in syntax.rules {
            if let line = seen[rule.id.text] {
                findings.error(
                    "duplicate-rule", at: rule.id.span,
                    "there are two rules \(rule.id.shown); the other is on line \(line)",
                    help: "give each rule a name of its own")
            }
            seen[rule.id.text] = rule.id.span.line
            if let checked = self.rule(rule) { rules.append(checked) }
        }
        if syntax.rules.isEmpty, !findings.hasErrors {
            findings.warning(
                "no-rules", at: syntax.end, "the policy has no rule, so nothing is shared",
                help: "if everything is to be shared, say so with a `share` rule")
        }
        if rules.count > Limits.rules {
            findings.error("too-many-rules", at: syntax.end, "more than \(Limits.rules) rules")
        }
        // Which rule stands where is part of what judgements say; so it may not depend on the order of the file.
        return rules.prefix(Limits.rules).sorted { RuleOrder.isBefore($0.id, $1.id) }
    }

    private mutating func reportSize(of policy: Policy, at end: Span) {
        var count = 0
        for rule in policy.rules {
            let things = if case .require(let things) = rule.effect { things.count } else { 1 }
            count += (NormalForm.of(rule)?.count ?? 0) * things
        }
        if count > Limits.allAlternatives {
            findings.error(
                "too-many-alternatives", at: end,
                "the rules have \(count) alternatives together; at most \(Limits.allAlternatives) are possible",
                help: "list values in one test instead of many: `state WA, OR, CA`")
        }
    }
}

extension Policy {
    func with(tests: [PolicyTest]) -> Policy {
        Policy(
            owner: owner, title: title, version: version, effective: effective, until: until,
            taxonomyVersion: taxonomyVersion, rules: rules, treatments: treatments, isNeutral: isNeutral,
            promises: promises, tests: tests, text: text, hash: hash)
    }
}
