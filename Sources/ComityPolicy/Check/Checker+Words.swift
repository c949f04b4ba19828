import ComityDirectory
import ComityMessages

/// Words that an owner gives a meaning of its own, and those of declarations.
extension Checker {
    /// All values that a word stands for here: the taxonomy's, with what this owner counts in or out.
    func meaning(of word: String, in fact: Fact) -> [FactValue]? {
        guard let listed = fact.meaning(of: word) else { return nil }
        guard fact.value(word) == nil else { return listed }
        var result = listed
        for treatment in treatments where treatment.fact == fact.name && treatment.group == word {
            guard let value = fact.value(treatment.value) else { continue }
            result.removeAll { $0 == value }
            if treatment.isMember { result.append(value) }
        }
        return result
    }

    /// The treatments of a file.
    mutating func check(_ all: [TreatmentSyntax]) {
        if all.count > Limits.treatments, let last = all.last {
            findings.error(
                "too-many-treatments", at: last.keyword.span, "more than \(Limits.treatments) treatments")
        }
        for syntax in all.prefix(Limits.treatments) {
            let facts = taxonomy.facts.filter(\.ownersMayRegroup)
            guard let fact = facts.first(where: { $0.groups[syntax.group.text] != nil }) else {
                unknown("class", "class", syntax.group, among: facts.flatMap { Array($0.groups.keys) })
                continue
            }
            guard fact.value(syntax.value.text) != nil else {
                unknown("value", "value of `\(fact.name)`", syntax.value, among: fact.values.map(\.code))
                continue
            }
            let treatment = Treatment(
                fact: fact.name, value: syntax.value.text, group: syntax.group.text,
                isMember: syntax.isMember, line: syntax.keyword.span.line)
            if treatments.contains(where: {
                $0.fact == treatment.fact && $0.value == treatment.value && $0.group == treatment.group
            }) {
                findings.error(
                    "duplicate-treatment", at: syntax.keyword.span,
                    "how `\(treatment.value)` is treated in `\(treatment.group)` is said twice",
                    help: "keep one of them")
                continue
            }
            treatments.append(treatment)
        }
    }

    mutating func certification(_ name: Token, _ version: Token?, _ standings: [Token]) -> Test? {
        var number: Int?
        if let version {
            number = Int(version.text).flatMap { (1...Limits.largestNumber).contains($0) ? $0 : nil }
            if number == nil {
                findings.error("bad-version", at: version.span, "\(version.shown) is not a number from 1 on")
            }
        }
        if name.text.isEmpty {
            findings.error("no-name", at: name.span, "the certification has no name")
            return nil
        }
        let known = Set(directory.certifications.map(\.name))
        if !known.isEmpty, !known.contains(name.text) {
            let help = Suggestion.sentence(for: name.text, among: known)
            findings.warning(
                "unsigned-certification", at: name.span, "no agency ever signed `\(name.text)`",
                help: help.isEmpty ? "check its name" : help)
        }
        var allowed: Set<Certification.Standing> = standings.isEmpty ? [.inForce] : []
        for standing in standings {
            if let one = Certification.Standing(rawValue: standing.text) {
                allowed.insert(one)
            } else {
                unknown(
                    "value", "state of a certification", standing,
                    among: Certification.Standing.allCases.map(\.rawValue))
            }
        }
        if allowed.isEmpty { return nil }
        return .certification(
            name: name.text, version: number, standings: allowed.sorted { $0.rank < $1.rank })
    }
}
