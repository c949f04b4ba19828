import ComityMessages

/// Warnings about whole policies: rules that decide nothing, and groups that another gives away.
extension Checker {
    /// How many pairs of rules are compared; beyond, nothing is said. A thousand rules of one kind fit.
    private static let pairs = 1_000_000

    /// Warns of rules whose whole effect another rule has too.
    mutating func reportIdle(_ policy: Policy) {
        let forms = policy.rules.map { NormalForm.of($0) ?? [] }
        var compared = 0
        for (place, rule) in policy.rules.enumerated() where rule.effect.canBeIdle {
            for (other, wider) in policy.rules.enumerated() where other != place {
                compared += 1
                guard compared <= Self.pairs else { return }
                guard wider.covers(rule),
                    forms[place].allSatisfy({ one in
                        forms[other].contains { $0.isImplied(by: one) }
                    })
                else { continue }
                // Of two rules that say the same, the second is named.
                let isSame =
                    rule.covers(wider)
                    && forms[other].allSatisfy { one in
                        forms[place].contains { $0.isImplied(by: one) }
                    }
                if isSame, place < other { continue }
                findings.warning(
                    "never-decides", at: Span(line: rule.line, column: 1),
                    "rule `\(rule.id)` never decides anything that `\(wider.id)` does not decide",
                    help: "keep it as a safeguard if that is meant")
                break
            }
        }
    }

    /// Warns of withheld groups that can be worked out from groups that are still given.
    mutating func reportTwins(_ policy: Policy) {
        var shared: FieldGroupSet = []
        for case .share(let groups) in policy.rules.map(\.effect) { shared.formUnion(groups) }
        for rule in policy.rules {
            guard case .withhold(let kept) = rule.effect, kept != .all else { continue }
            for group in kept.groups {
                for (from, words) in taxonomy.derivations(of: group)
                where from.isDisjoint(with: kept) && from.isSubset(of: shared) {
                    findings.warning(
                        "derivable-twin", at: Span(line: rule.line, column: 1),
                        "rule `\(rule.id)` withholds `\(group.rawValue)`, but `\(from.words)` is shared: \(words)",
                        help: "withhold that too, if whoever is meant must not learn it")
                }
            }
        }
    }
}

extension Effect {
    /// Whether a rule of this kind can be idle beside another.
    var canBeIdle: Bool {
        switch self {
        case .share, .refuse, .withhold: true
        case .hold, .require, .notify, .limit: false
        }
    }
}

extension Rule {
    /// Whether it does at least what another does, on every day on which that one counts.
    func covers(_ other: Rule) -> Bool {
        guard (effective?.number ?? .min) <= (other.effective?.number ?? .min),
            (until?.number ?? .max) >= (other.until?.number ?? .max)
        else { return false }
        switch (effect, other.effect) {
        case (.refuse, .refuse): return isNeutral == other.isNeutral
        case (.share(let wide), .share(let narrow)), (.withhold(let wide), .withhold(let narrow)):
            return narrow.isSubset(of: wide)
        default: return false
        }
    }
}

extension Alternative {
    /// Whether it holds whenever another does: it asks for no more.
    func isImplied(by other: Alternative) -> Bool {
        positive.isSubset(of: other.positive) && negative.isSubset(of: other.negative)
    }
}
