package import ComityMessages

/// The first line of every answer, which programs read: `COMITY 1 OUTCOME OWNER REFERENCE [RULE]`.
///
/// The switch writes it and `comity ask` reads it by this one definition.
package struct StatusLine: Hashable, Sendable, LosslessStringConvertible {
    package var outcome: Outcome
    package var owner: MemberCode
    package var reference: Reference
    /// The id of the rule that decided first; only for what was refused or held.
    package var rule: String?

    package init(outcome: Outcome, owner: MemberCode, reference: Reference, rule: String? = nil) {
        self.outcome = outcome
        self.owner = owner
        self.reference = reference
        self.rule = rule
    }

    /// Reads the line; `nil` if it has another form. A text of several lines is not one.
    package init?(_ line: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard (5...6).contains(words.count), words[0] == "COMITY", words[1] == "1",
            let outcome = Outcome.allCases.first(where: { $0.rawValue.uppercased() == words[2] }),
            let owner = MemberCode(String(words[3])), let reference = Reference(String(words[4])),
            !line.contains("\n")
        else { return nil }
        self.init(
            outcome: outcome, owner: owner, reference: reference,
            rule: words.count == 6 && !words[5].isEmpty ? String(words[5]) : nil)
        guard description == line else { return nil }
    }

    package var description: String {
        let line = "COMITY 1 \(outcome.rawValue.uppercased()) \(owner) \(reference)"
        return rule.map { "\(line) \($0)" } ?? line
    }
}
