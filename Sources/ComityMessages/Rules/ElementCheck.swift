/// Checks the elements of a question: which are needed, which may stand beside them, and their values.
struct ElementCheck {
    let message: Message
    let rule: KeyRule
    let notation: Notation
    let requires: [[String]]
    /// Rules of single members that are asked.
    let special: [SpecialRule]
    let tables: CodeTables

    func run() throws(MessageError) {
        try allowed()
        try required(requires, special: nil)
        for special in special {
            if let requires = special.requires { try required(requires, special: special.error) }
        }
        for element in message.elements { try value(of: element) }
    }

    private func has(_ prefix: String) -> Bool { message.elements.contains { $0.prefix == prefix } }

    /// What stands in the place of a prefix may be a piece of a value, so a refusal names it only if the tables
    /// know it.
    private func allowed() throws(MessageError) {
        for (index, element) in message.elements.enumerated() {
            let prefix = element.prefix
            guard
                rule.others == true || rule.allows?.contains(prefix) == true
                    || requires.contains(where: { $0.contains(prefix) })
            else {
                throw MessageError(
                    code: "element-not-allowed", number: 22, why: "this key has no such element; \(options)",
                    field: tables.element(prefix)?.prefix)
            }
            guard notation == .xml || rule.xmlOnly?.contains(prefix) != true else {
                throw MessageError(
                    code: "element-not-allowed", number: 22,
                    why: "this key has this element in XML only, not in the legacy text", field: prefix)
            }
            guard !message.elements[..<index].contains(where: { $0.prefix == prefix }) else {
                throw MessageError(
                    code: "element-repeated", number: 22, why: "this element stands twice", field: prefix)
            }
            if let members = rule.onlyTo?[prefix],
                !message.destinations.contains(where: { members.contains(tables.canonical($0.member)) })
            {
                throw MessageError(
                    code: "element-not-allowed", number: 22,
                    why: "this element is for \(members.map { "`\($0)`" }.joined(separator: ", ")) only",
                    field: prefix)
            }
        }
        for set in rule.never ?? [] where set.filter(has).count > 1 {
            throw MessageError(
                code: "elements-exclude", number: 22,
                why: "only one of \(set.joined(separator: ", ")) may stand", field: set.last)
        }
    }

    /// One set must be complete; otherwise the set that was begun says what is missing.
    private func required(_ sets: [[String]], special: Int?) throws(MessageError) {
        guard !sets.contains(where: { $0.allSatisfy(has) }) else { return }
        let begun = sets.filter { $0.contains(where: has) }
            .max { a, b in a.filter(has).count < b.filter(has).count }
        let why = "one of these sets is needed: \(Self.words(sets))"
        guard let begun, let first = begun.first(where: { !has($0) }) else {
            throw MessageError(
                code: "fields-missing", number: special ?? 14, why: why,
                field: sets.count == 1 ? sets[0].first : nil)
        }
        let documented = begun.lazy.filter { !has($0) }.compactMap { tables.element($0)?.missing }.first
        throw MessageError(
            code: "fields-combination", number: special ?? documented ?? 22, why: why, field: first)
    }

    private func value(of element: Element) throws(MessageError) {
        guard let row = tables.element(element.prefix) else { return }
        let form = rule.elements?[element.prefix] ?? row.form
        try check(element, form, row.error ?? 0)
        for special in special {
            if let form = special.elements?[element.prefix] { try check(element, form, special.error) }
        }
    }

    private func check(_ element: Element, _ form: ElementForm, _ number: Int) throws(MessageError) {
        let value = element.value.utf8
        guard (form.least...max(form.least, form.most)).contains(value.count) else {
            let size = form.least == form.most ? "\(form.most)" : "\(form.least) to \(form.most)"
            throw MessageError(
                code: "value-size", number: number,
                why: "this element has \(size) character\(form.most == 1 ? "" : "s")", field: element.prefix)
        }
        guard form.form.accepts(value, form: form, tables: tables) else {
            throw MessageError(
                code: "value-form", number: number, why: "this element must be \(form.words(tables))",
                field: element.prefix)
        }
    }

    private var options: String { "its sets are: \(Self.words(requires))" }

    private static func words(_ sets: [[String]]) -> String {
        sets.map { $0.joined(separator: ", ") }.joined(separator: "; or ")
    }
}
