import ComityDirectory
import ComityMessages

/// Turns what the rules did into findings.
struct LintReport {
    private let policy: Policy
    private let taxonomy: Taxonomy
    private let words: PlainRules
    private let file: String
    private var found: [LintFinding] = []

    init(_ policy: CompiledPolicy, directory: Directory, file: String) {
        self.policy = policy.policy
        self.file = file
        taxonomy = policy.taxonomy
        words = PlainRules(policy.policy, taxonomy: policy.taxonomy, directory: directory)
    }

    var sorted: [LintFinding] {
        found.sorted {
            let (a, b) = ($0.diagnostic, $1.diagnostic)
            return (a.line, a.column, a.code, a.message) < (b.line, b.column, b.code, b.message)
        }
    }

    private mutating func say(
        _ code: String, _ severity: Diagnostic.Severity, _ rule: Rule, _ others: [String],
        _ proof: LintFinding.Proof, _ message: String, _ help: String
    ) {
        let diagnostic = Diagnostic(
            severity: severity, code: code, file: file, line: rule.line, column: 1, message: message,
            help: help)
        found.append(LintFinding(diagnostic: diagnostic, rules: [rule.id] + others, proof: proof))
    }

    mutating func add(_ uses: [RuleUse], _ proof: LintFinding.Proof) {
        let twins = duplicates()
        for (place, rule) in policy.rules.enumerated() {
            let use = uses[place]
            if let other = twins[place] {
                say(
                    "duplicate", .warning, rule, [policy.rules[other].id], .text,
                    "rule `\(rule.id)` says the same as `\(policy.rules[other].id)`",
                    "keep one of them, with the law of both")
            } else if use.decided == 0 {
                idle(rule, place, use, proof)
            }
            if let group = use.twin { twin(rule, group, proof) }
            for name in rule.opensOnAbsence(taxonomy: taxonomy) {
                say(
                    "opens-on-absence", .warning, rule, [], .text,
                    "rule `\(rule.id)` gives more to whoever leaves out `\(name)`",
                    "make sure that this is meant; a sender can always leave something out")
            }
        }
    }

    /// For each rule an earlier one that says the same.
    private func duplicates() -> [Int: Int] {
        struct Look: Hashable {
            var effect: Effect
            var form: Set<Alternative>
            var dates: [Day?]
            var isNeutral: Bool
        }
        var seen: [Look: Int] = [:]
        var result: [Int: Int] = [:]
        for (place, rule) in policy.rules.enumerated() {
            guard let form = NormalForm.of(rule) else { continue }
            let look = Look(
                effect: rule.effect, form: Set(form), dates: [rule.effective, rule.until],
                isNeutral: rule.isNeutral)
            // A limit counts under its own name, so two of them are two.
            if case .limit = rule.effect { continue }
            if let first = seen[look] { result[place] = first } else { seen[look] = place }
        }
        return result
    }

    private mutating func idle(_ rule: Rule, _ place: Int, _ use: RuleUse, _ proof: LintFinding.Proof) {
        let others = use.coveredBy.sorted().map { policy.rules[$0].id }
        let names = PlainList.joined(others.prefix(4).map { "`\($0)`" })
        let implied = coveredByText(rule, place)
        if case .sampled(let tried) = proof, implied == nil {
            say(
                "could-not-tell", .note, rule, others, proof,
                "it could not be told whether rule `\(rule.id)` ever decides anything: in \(tried) look-ups it "
                    + (use.applied == 0 ? "never applied" : "decided nothing"),
                "the policy tells too many look-ups apart to try them all; look at the rule yourself")
            return
        }
        let isCertain = if case .complete = proof { true } else { false }
        let proof = isCertain ? proof : .text
        if use.applied == 0, isCertain {
            say(
                "dead", .warning, rule, [], proof,
                "rule `\(rule.id)` never applies: no look-up of any agency in the directory meets its conditions",
                "check its conditions against each other and against the directory")
        } else if rule.effect.isRestrictive {
            let covered = implied.map { "`\($0)`" } ?? names
            let why =
                covered.isEmpty
                ? "nothing that it takes away is shared at present" : "\(covered) already does its work"
            say(
                "safeguard", .note, rule, implied.map { [$0] } ?? others, proof,
                "rule `\(rule.id)` is a safeguard: \(why)",
                "keep it. It guards this, should the other rules change: " + words.sentence(rule))
        } else if use.wasTakenAway {
            say(
                "overridden", .warning, rule, others, proof,
                "rule `\(rule.id)` never gives anything: \(names.isEmpty ? "other rules take" : "what it gives is taken away by \(names)")",
                "if it is meant to give something, put an exception into what takes it away")
        } else {
            let covered = implied.map { "`\($0)`" } ?? names
            say(
                "never-decides", .warning, rule, implied.map { [$0] } ?? others, proof,
                "rule `\(rule.id)` gives nothing that \(covered.isEmpty ? "other rules do" : "\(covered) \(others.count > 1 && implied == nil ? "do" : "does")") not give",
                "take it out, or say in its words why it stands beside the other")
        }
    }

    /// A rule whose text shows that it covers another.
    private func coveredByText(_ rule: Rule, _ place: Int) -> String? {
        guard rule.effect.canBeIdle, let form = NormalForm.of(rule) else { return nil }
        for (other, wider) in policy.rules.enumerated() where other != place && wider.covers(rule) {
            guard let wide = NormalForm.of(wider) else { continue }
            if form.allSatisfy({ one in wide.contains { $0.isImplied(by: one) } }) { return wider.id }
        }
        return nil
    }

    private mutating func twin(_ rule: Rule, _ group: FieldGroup, _ proof: LintFinding.Proof) {
        let ways = taxonomy.derivations(of: group).map(\.words)
        say(
            "derivable-twin", .warning, rule, [], proof,
            "rule `\(rule.id)` withholds `\(group.rawValue)`, but agencies that it is about are given something "
                + "from which it can be worked out",
            "\(PlainList.joined(ways, "or")); withhold that too, if they must not learn it")
    }
}
