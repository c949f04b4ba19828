public import ComityDirectory
import ComityMessages

/// Conditions and tests in words.
struct Words {
    let taxonomy: Taxonomy

    /// A condition as a phrase: `court paper is a judicial paper, and case number is given`.
    func phrase(_ condition: Condition) -> String {
        switch condition {
        case .always: "always"
        case .test(let test): phrase(test, holds: true)
        case .not(.test(let test)): phrase(test, holds: false)
        case .not(let inner): "not (\(phrase(inner)))"
        case .all(let parts): parts.map(grouped).joined(separator: ", and ")
        case .any(let parts): parts.map(grouped).joined(separator: ", or ")
        case .named(let name, let inner):
            taxonomy.namedSet(name).map { "the agency is one of: \($0.title)" } ?? phrase(inner)
        }
    }

    private func grouped(_ condition: Condition) -> String {
        switch condition {
        case .all, .any: "(\(phrase(condition)))"
        case .named(let name, let inner) where taxonomy.namedSet(name) == nil: grouped(inner)
        default: phrase(condition)
        }
    }

    func phrase(_ test: Test, holds: Bool) -> String {
        let verb = holds ? "is" : "is not"
        switch test {
        case .family(let path): return "the agency \(verb) in the family \(path)"
        case .agency(let ori): return "the agency \(verb) \(ori)"
        case .pattern(let pattern): return "the agency ID \(holds ? "fits" : "does not fit") \(pattern.text)"
        case .kind(let kinds): return "the kind of agency \(verb) \(kinds.joined(separator: " or "))"
        case .state(let states):
            return "the agency \(verb) of \(states.map(\.description).joined(separator: " or "))"
        case .ownState: return "the agency \(verb) of the owner's own state"
        case .country(let countries):
            return "the agency \(verb) of \(countries.joined(separator: " or "))"
        case .certification(let name, let version, let standings):
            let text = version.map { ", version \($0)," } ?? ""
            let states = standings.map(\.words).joined(separator: " or ")
            return "the certification \"\(name)\"\(text) \(verb) \(states)"
        case .absent(let position): return "the \(taxonomy.facts[position].title) \(verb) absent"
        case .fact(let position, let values):
            let fact = taxonomy.facts[position]
            let group = fact.groups.first { _, words in
                words.count == values.count
                    && words.allSatisfy { word in fact.value(word).map(values.contains) ?? false }
            }?.key
            let words = group ?? values.map { fact.words(of: $0) }.joined(separator: " or ")
            return "the \(fact.title) \(verb) \(words)"
        }
    }

    /// A thing that must be carried, as what to do: `state the case number`.
    func asking(_ carried: Carried) -> String {
        switch carried.test {
        case .absent(let position): return "state the \(taxonomy.facts[position].title)"
        case .certification(let name, let version, _):
            let text = version.map { ", version \($0)" } ?? ""
            return "sign the certification \"\(name)\"\(text), and keep it in force"
        case .fact(let position, let values):
            let fact = taxonomy.facts[position]
            if values == fact.value("given").map({ [$0] }) { return "state the \(fact.title)" }
            return "make sure that \(phrase(carried.test, holds: !carried.isNegated))"
        default: return "make sure that \(phrase(carried.test, holds: !carried.isNegated))"
        }
    }

    /// A thing that must be carried, as what is missing: `the case number`.
    func naming(_ carried: Carried) -> String {
        switch carried.test {
        case .absent(let position): return "the \(taxonomy.facts[position].title)"
        case .certification(let name, let version, _):
            return "the certification \"\(name)\"" + (version.map { ", version \($0)" } ?? "")
        case .fact(let position, let values):
            let fact = taxonomy.facts[position]
            if values == fact.value("given").map({ [$0] }) { return "the \(fact.title)" }
            return phrase(carried.test, holds: true)
        default: return phrase(carried.test, holds: true)
        }
    }

    /// A duty: `the person whom the record is about is told within 3 business days after something was released`.
    func phrase(_ notice: DutyTerms) -> String {
        let party =
            switch notice.party {
            case .subject: taxonomy.dutyParties["subject"] ?? "the person whom the record is about"
            case .owner: taxonomy.dutyParties["owner"] ?? "the owner of the record"
            case .desk(let name), .named(let name): name
            }
        let event = taxonomy.words(of: notice.event)
        switch notice.clock {
        case .before: return "\(party) is told before \(event)"
        case .within(let number, let unit):
            return "\(party) is told within \(number) \(unit.words(number)) after \(event)"
        }
    }

    /// A limit: `at most 50 look-ups in a day for each agency`.
    func phrase(_ limit: LookupLimit) -> String {
        let article = limit.period == .hour ? "an" : "a"
        return
            "at most \(limit.most) look-up\(limit.most == 1 ? "" : "s") in \(article) \(limit.period.rawValue) "
            + "for each \(limit.scope.words)"
    }

    /// What a test found, for "did not match because": `the agency is not in the family US.DHS.ICE`.
    func finding(_ test: Test, value: Truth) -> String {
        switch value {
        case .yes: phrase(test, holds: true)
        case .no: phrase(test, holds: false)
        case .unknown: "it is not known whether \(phrase(test, holds: true))"
        }
    }
}

extension Certification.Standing {
    /// For a reader.
    public var words: String {
        switch self {
        case .inForce: "in force"
        case .expired: "expired"
        case .never: "never given"
        case .revoked: "revoked"
        }
    }
}

extension DutyTerms.Unit {
    /// For a reader: `business day`, `business days`.
    func words(_ number: Int) -> String {
        let word =
            switch self {
            case .hours: "hour"
            case .days: "day"
            case .businessDays: "business day"
            }
        return number == 1 ? word : word + "s"
    }
}

extension LookupLimit.Scope {
    /// For a reader.
    var words: String {
        switch self {
        case .agency: "agency"
        case .family: "family of agencies"
        case .subject: "person or vehicle asked about"
        }
    }
}
