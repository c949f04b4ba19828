import ComityMessages

/// The schema that the Cedar policies of one policy are of.
enum CedarSchema {
    static func write(_ policy: Policy, taxonomy: Taxonomy) -> String {
        let facts = taxonomy.facts.map { "    \(CedarText.quoted($0.name)): String," }
        var lines = [
            "// A family of agencies, within the one above it.",
            "entity Family in [Family];",
            "// The families that an agency is tied to for a time.",
            "entity Ties in [Family];",
            "// Who asks, within its own family. A text that is not known is \"\(CedarText.unknown)\".",
            "entity Agency in [Family] = {",
            "    known: Bool,", "    id: String,", "    spelled: String,", "    kind: String,",
            "    state: String,", "    country: String,", "    familyKnown: Bool,", "    ties: Ties,",
            "    tiesKnown: Bool,", "    certifications: Set<String>,", "    certificationsKnown: Bool,",
            "};",
            "// Whose record it is.",
            "entity Owner = { code: String };",
            "// The look-up. The stage is \"question\", or \"answer\" once the record is known.",
            "type Lookup = {",
            "    stage: String,", "    day: Long,", "    asked: Set<String>,", "    over: Set<String>,",
            "    facts: Facts,", "};",
            "// Each fact is one of its values, \"\(CedarText.unknown)\" or \"\(CedarText.absent)\".",
            "type Facts = {",
        ]
        lines += facts + ["};"]
        let groups = FieldGroup.allCases.map { CedarText.quoted(CedarText.release($0)) }
        let applies = "appliesTo { principal: [Agency], resource: [Owner], context: Lookup };"
        lines.append("action \(groups.joined(separator: ", ")) \(applies)")
        let others = ["refuse", "hold"] + actions(policy)
        lines.append("action \(others.map(CedarText.quoted).joined(separator: ", ")) \(applies)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The actions that stand for duties and for things that are missing.
    static func actions(_ policy: Policy) -> [String] {
        policy.rules.flatMap { rule -> [String] in
            switch rule.effect {
            case .notify: [CedarText.duty(rule.id)]
            case .require(let things): things.indices.map { CedarText.missing(rule.id, $0 + 1) }
            default: []
            }
        }
    }
}
