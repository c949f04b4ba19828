import ComityDirectory
import ComityMessages

/// Conditions as Cedar expressions. Cedar knows true and false only, so each condition is written in one of two
/// ways: "it is certainly true" or "it may be true", that is, it is not certainly false.
struct CedarCondition {
    enum Goal {
        case certain, possible

        /// What must be asked of the inside of a `not`, whose answer is then turned round.
        var turned: Goal { self == .certain ? .possible : .certain }
    }

    let taxonomy: Taxonomy
    /// Whether facts of the record have a value of their own while the question is judged: in shares, which then
    /// count for the time being. Restrictions that mention one wait for the answer anyway.
    var hopes: Bool

    /// An expression for a condition.
    ///
    /// - Parameters:
    ///   - reach: which families count here.
    ///   - hopeful: what a fact of the record counts as while the question is judged.
    func expression(_ condition: Condition, _ goal: Goal, reach: FamilyReach, hopeful: Bool) -> String {
        switch condition {
        case .always: "true"
        case .named(_, let inner): expression(inner, goal, reach: reach, hopeful: hopeful)
        case .not(let inner):
            "!(\(expression(inner, goal.turned, reach: reach.swapped, hopeful: !hopeful)))"
        case .all(let parts):
            joined(parts.map { expression($0, goal, reach: reach, hopeful: hopeful) }, "&&", ifNone: "true")
        case .any(let parts):
            joined(parts.map { expression($0, goal, reach: reach, hopeful: hopeful) }, "||", ifNone: "false")
        case .test(let test):
            if hopes, taxonomy.isOfRecord(test) {
                hopeful
                    ? "(context.stage == \"question\" || \(self.test(test, goal, reach: reach)))"
                    : "(context.stage == \"answer\" && \(self.test(test, goal, reach: reach)))"
            } else {
                self.test(test, goal, reach: reach)
            }
        }
    }

    private func joined(_ parts: [String], _ sign: String, ifNone: String) -> String {
        if parts.isEmpty { return ifNone }
        return parts.count == 1 ? parts[0] : "(" + parts.joined(separator: " \(sign) ") + ")"
    }

    /// One test. What is not known is a value like any other: it makes no test certain and every test possible.
    func test(_ test: Test, _ goal: Goal, reach: FamilyReach) -> String {
        guard let position = test.factPosition else { return agency(test, goal, reach: reach) }
        let fact = "context.facts[\(CedarText.quoted(taxonomy.facts[position].name))]"
        let known: [String]
        var open: [String] = []
        switch test {
        case .fact(_, let values):
            known = values.compactMap { value in
                value.index.flatMap { index in
                    let all = taxonomy.facts[position].values
                    return index < all.count ? all[index].code : nil
                }
            }
            open = [CedarText.unknown, CedarText.absent]
        default:
            known = [CedarText.absent]
            open = [CedarText.unknown]
        }
        return isOne(of: goal == .certain ? known : known + open, fact)
    }

    private func isOne(of values: [String], _ what: String) -> String {
        switch values.count {
        case 0: "false"
        case 1: "\(what) == \(CedarText.quoted(values[0]))"
        default: "[\(values.map(CedarText.quoted).joined(separator: ", "))].contains(\(what))"
        }
    }

    private func agency(_ test: Test, _ goal: Goal, reach: FamilyReach) -> String {
        func may(_ expression: String, unless isKnown: String? = nil) -> String {
            if goal == .certain { return "(principal.known && \(expression))" }
            let open = isKnown.map { " || !principal.\($0)" } ?? ""
            return "(!principal.known\(open) || \(expression))"
        }
        func list(_ values: [String], _ attribute: String) -> String {
            let open = goal == .certain ? [] : [CedarText.unknown]
            return may(isOne(of: values + open, "principal.\(attribute)"))
        }
        switch test {
        case .family(let path):
            let family = "Family::\(CedarText.quoted(path.description))"
            let own = may("principal in \(family)", unless: "familyKnown")
            if reach == .own { return own }
            return "(\(own) || \(may("principal.ties in \(family)", unless: "tiesKnown")))"
        case .agency(let ori): return may("principal.id == \(CedarText.quoted(ori.description))")
        case .pattern(let pattern):
            return may("principal.spelled like \(CedarText.quoted(CedarText.spelled(pattern.text)))")
        case .kind(let kinds): return list(kinds, "kind")
        case .state(let states): return list(states.map(\.description), "state")
        case .country(let countries): return list(countries, "country")
        case .ownState:
            let open = goal == .certain ? "" : " || principal.state == \(CedarText.quoted(CedarText.unknown))"
            return may("(principal.state == resource.code\(open))")
        case .certification(let name, let version, let standings):
            return may(
                certification(name, version, standings), unless: "certificationsKnown")
        case .fact, .absent: return "false"
        }
    }

    /// Whether what became of a declaration is one of some states. That it was never signed stands nowhere: it is
    /// the lack of any other state.
    private func certification(
        _ name: String, _ version: Int?, _ standings: [Certification.Standing]
    ) -> String {
        func marks(_ standings: [Certification.Standing]) -> String {
            let all = standings.map {
                CedarText.quoted(CedarText.certification(name, version: version, $0))
            }
            return "[\(all.joined(separator: ", "))]"
        }
        let signed = standings.filter { $0 != .never }
        let has = signed.isEmpty ? nil : "principal.certifications.containsAny(\(marks(signed)))"
        guard standings.contains(.never) else { return has ?? "false" }
        let any = marks(Certification.Standing.allCases.filter { $0 != .never })
        let never = "(principal.certificationsKnown && !principal.certifications.containsAny(\(any)))"
        return has.map { "(\($0) || \(never))" } ?? never
    }
}
