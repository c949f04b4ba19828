import ComityDirectory
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
        case .absent(let position): return "the \(taxonomy.facts[position].title) \(verb) absent"
        case .fact(let position, let values):
            let fact = taxonomy.facts[position]
            let group = fact.groups.first { Set($0.value.compactMap(fact.value)) == Set(values) }?.key
            let words = group ?? values.map { fact.words(of: $0) }.joined(separator: " or ")
            return "the \(fact.title) \(verb) \(words)"
        }
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
