import ComityDirectory
import ComityMessages

/// Conditions as clauses that can stand behind "if" and "unless".
struct PlainConditions {
    let agencies: PlainAgencies
    private var taxonomy: Taxonomy { agencies.taxonomy }

    init(_ agencies: PlainAgencies) { self.agencies = agencies }

    /// `no case number is stated and the stated offence is robbery`
    func clause(_ condition: Condition, holds: Bool = true) -> String {
        if let phrase = agencies.phrase(condition), condition != .always {
            return "the agency is \(holds ? "" : "not ")\(among(condition, phrase))"
        }
        switch condition {
        case .always: return holds ? "always" : "never"
        case .named(_, let inner): return clause(inner, holds: holds)
        case .not(let inner): return clause(inner, holds: !holds)
        case .test(let test): return fact(test, holds: holds)
        case .all(let parts): return joined(parts, isAll: holds, holds: holds)
        case .any(let parts): return joined(parts, isAll: !holds, holds: holds)
        }
    }

    /// One agency is it; of several it is one.
    private func among(_ condition: Condition, _ phrase: String) -> String {
        if case .test(.agency) = condition { return phrase }
        return "one of the \(phrase)".replacingFirst("the everybody except", with: "those other than")
    }

    private func joined(_ parts: [Condition], isAll: Bool, holds: Bool) -> String {
        let words = parts.map { part -> String in
            let word = clause(part, holds: holds)
            guard let joint = joint(part, holds: holds), joint != isAll else { return word }
            return joint ? "both \(word)" : "either \(word)"
        }
        return words.joined(separator: isAll ? " and " : " or ")
    }

    /// Whether a condition comes out as "and" (`true`), as "or" (`false`) or as neither.
    private func joint(_ condition: Condition, holds: Bool) -> Bool? {
        if agencies.phrase(condition) != nil { return nil }
        switch condition {
        case .named(_, let inner): return joint(inner, holds: holds)
        case .not(let inner): return joint(inner, holds: !holds)
        case .all: return holds
        case .any: return !holds
        default: return nil
        }
    }

    private func fact(_ test: Test, holds: Bool) -> String {
        switch test {
        case .absent(let position):
            let title = bare(taxonomy.facts[position].title)
            return holds ? "no \(title) is stated" : "\(PlainList.one(title)) is stated"
        case .fact(let position, let values):
            let fact = taxonomy.facts[position]
            let codes = values.compactMap { value in
                value.index.flatMap { $0 < fact.values.count ? fact.values[$0].code : nil }
            }
            if let own = PlainFacts.clause(fact.name, codes, holds: holds) { return own }
            let isYesNo = Set(fact.values.map(\.code)) == ["yes", "no"]
            if isYesNo, let code = codes.first, codes.count == 1 {
                return
                    "the record says \(code == "yes" && holds || code == "no" && !holds ? "yes" : "no") to "
                    + "\"\(fact.title)\""
            }
            if fact.isPresence, codes.count == 1 {
                return (codes[0] == "given") == holds
                    ? "\(PlainList.one(fact.title)) is stated" : "no \(fact.title) is stated"
            }
            if Set(fact.values.map(\.code)) == ["declared", "undeclared"], codes.count == 1 {
                return (codes[0] == "declared") == holds
                    ? "\(PlainList.one(fact.title)) is declared" : "no \(fact.title) is declared"
            }
            return "the \(fact.title) is \(holds ? "" : "not ")\(words(fact, values))"
        default: return ""
        }
    }

    /// Values in words; many of them by the name of their class.
    private func words(_ fact: Fact, _ values: [FactValue]) -> String {
        let group = fact.groups.keys.sorted().first { Set(fact.meaning(of: $0) ?? []) == Set(values) }
        if let group, values.count > 2 {
            return "one of those called \(group.map { $0 == "-" ? " " : String($0) }.joined())"
        }
        return PlainList.joined(values.map { fact.words(of: $0) }, "or")
    }

    /// Without the word that says that it is stated.
    private func bare(_ title: String) -> String {
        title.hasPrefix("stated ") ? String(title.dropFirst(7)) : title
    }

    /// What a request must carry: `state the case number`.
    func carrying(_ carried: Carried) -> String {
        switch carried.test {
        case .absent(let position): return "state the \(bare(taxonomy.facts[position].title))"
        case .certification(let name, let version, let standings):
            let text = version.map { ", in version \($0)," } ?? ""
            if standings == [.inForce] {
                return "have signed the declaration \"\(name)\"\(text) and keep it in force"
            }
            return "be one of the \(agencies.phrase(.test(carried.test)) ?? "agencies")"
        case .fact(let position, let values):
            let fact = taxonomy.facts[position]
            if fact.isPresence { return "state the \(fact.title)" }
            if let code = values.first?.index.map({ fact.values[$0].code }), code == "declared" {
                return "declare \(PlainList.one(fact.title))"
            }
            return "show that \(clause(carried.condition))"
        default: return "show that \(clause(carried.condition))"
        }
    }
}

extension String {
    fileprivate func replacingFirst(_ old: String, with new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return self[..<range.lowerBound] + new + self[range.upperBound...]
    }
}

/// Facts of the usual taxonomy that read badly as "the ... is ...".
enum PlainFacts {
    static func clause(_ name: String, _ codes: [String], holds: Bool) -> String? {
        let not = holds ? "" : "not "
        switch (name, codes.sorted()) {
        case ("protected-person", ["yes"]), ("protected-person", ["no"]):
            return "the person on record is \(same(codes, holds) ? "" : "not ")protected by law"
        case ("minor", ["yes"]), ("minor", ["no"]):
            return "the person on record is \(same(codes, holds) ? "" : "not ")a minor"
        case ("victim", ["yes"]), ("victim", ["no"]):
            return "the person on record is \(same(codes, holds) ? "" : "not ")the victim of a crime"
        case ("resident-consent", ["yes"]), ("resident-consent", ["no"]):
            return "the person on record has \(same(codes, holds) ? "" : "not ")consented"
        case ("on-behalf", ["given"]), ("on-behalf", ["missing"]):
            return (codes == ["given"]) == holds
                ? "the agency asks on behalf of somebody else" : "the agency asks for itself"
        case ("paper", ["claimed-judicial", "verified-judicial"]):
            return holds
                ? "the sender states a judge's order or warrant" : "no judge's order or warrant is stated"
        case ("paper", ["verified-judicial"]):
            return "a judge's order or warrant has \(not)been verified"
        case ("paper", ["claimed-administrative", "verified-administrative"]):
            return holds
                ? "the sender states an administrative warrant" : "no administrative warrant is stated"
        case ("paper", ["verified-administrative", "verified-judicial"]):
            return "a court paper has \(not)been verified"
        case ("paper", ["none"]): return holds ? "no court paper is stated" : "a court paper is stated"
        case ("request", let codes):
            let kinds = PlainList.joined(codes.map { $0.map { $0 == "-" ? " " : String($0) }.joined() }, "or")
            return "the look-up is \(not)of the kind \(kinds)"
        case ("time", ["business-hours"]): return "the offices of the owner are \(holds ? "open" : "closed")"
        case ("time", ["after-hours", "weekend"]):
            return "the offices of the owner are \(holds ? "closed" : "open")"
        default: return nil
        }
    }

    private static func same(_ codes: [String], _ holds: Bool) -> Bool { (codes == ["yes"]) == holds }
}
