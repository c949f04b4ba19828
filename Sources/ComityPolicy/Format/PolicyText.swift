/// Writes a policy as text in the house form: the same policy always gets the same lines.
struct PolicyText {
    let syntax: PolicySyntax
    let notes: PolicyNotes
    private(set) var lines: [String] = []

    /// Characters of a line, where words allow.
    static let width = 100

    /// The text of a policy, its items in the order of `items`.
    static func write(_ syntax: PolicySyntax, _ notes: PolicyNotes) -> String {
        var writer = PolicyText(syntax: syntax, notes: notes)
        writer.items()
        return writer.lines.joined(separator: "\n") + "\n"
    }

    private init(syntax: PolicySyntax, notes: PolicyNotes) {
        self.syntax = syntax
        self.notes = notes
    }

    private mutating func items() {
        let items = syntax.items
        for (place, item) in items.enumerated() {
            let isFollowing = place > 0 && items[place - 1].kind.standsClose(to: item.kind)
            let hasNotes =
                notes.notes[PolicyNotes.Place(item: item.kind, part: .head)]?.before.isEmpty == false
            if place > 0, !isFollowing || hasNotes { lines.append("") }
            write(item, names: definitionWidth(around: place))
        }
        if !notes.ending.isEmpty {
            if !items.isEmpty { lines.append("") }
            lines += notes.ending
        }
    }

    /// The longest name among definitions that stand together.
    private func definitionWidth(around place: Int) -> Int {
        func width(_ step: Int) -> Int {
            var longest = 0
            var at = place
            while syntax.items.indices.contains(at), case .definition(let number) = syntax.items[at].kind {
                longest = max(longest, syntax.definitions[number].name.text.count)
                at += step
            }
            return longest
        }
        return min(max(width(-1), width(1)), 30)
    }

    private mutating func write(_ item: ItemSyntax, names: Int) {
        switch item.kind {
        case .header: header(item.kind)
        case .definition(let place):
            let definition = syntax.definitions[place]
            let name = definition.name.text
            let pad = String(repeating: " ", count: max(0, names - name.count))
            let start = "define \(name)\(pad) as "
            put(item.kind, .head, start, Pieces(definition.condition), indent: start.count)
        case .treatment(let place):
            let treatment = syntax.treatments[place]
            let not = treatment.isMember ? "" : "not "
            put(item.kind, .head, "treat \(treatment.value.text) as \(not)\(treatment.group.text)", nil)
        case .rule(let place): rule(syntax.rules[place], item.kind)
        case .promise(let place):
            let promise = syntax.promises[place]
            put(item.kind, .head, title("promise", promise.title), nil)
            put(item.kind, .body, "  ", promise.body, indent: 4)
        case .test(let place): test(syntax.tests[place], item.kind)
        }
    }

    private func title(_ word: String, _ title: Token?) -> String {
        title.map { "\(word) \($0.written)" } ?? word
    }

    private mutating func header(_ kind: ItemSyntax.Kind) {
        guard let header = syntax.header else { return }
        put(kind, .head, title("policy \(header.owner.text)", header.title), nil)
        let words = [
            ("version", header.version), ("effective", header.effective), ("until", header.until),
            ("taxonomy", header.taxonomy),
        ].compactMap { word, token in
            token.map { "\(word) \(word == "version" ? $0.writtenNumber : $0.text)" }
        }
        if !words.isEmpty { put(kind, .version, words.joined(separator: "   "), nil) }
        if header.neutral != nil { put(kind, .refusals, "record-refusals as not-on-file", nil) }
    }

    private mutating func rule(_ rule: RuleSyntax, _ kind: ItemSyntax.Kind) {
        put(kind, .head, title("\(rule.kind.text) \(rule.id.text)", rule.title), nil)
        let clauses = rule.clauses
        let longest = clauses.map(\.keyword.count).filter { $0 <= 9 }.max() ?? 0
        for clause in clauses {
            let pad = String(repeating: " ", count: max(0, longest - clause.keyword.count))
            let start = "  \(clause.keyword)\(clause.keyword == "at" ? "" : pad) "
            put(kind, clause.part, start, clause.rest, indent: min(start.count, 12))
        }
    }

    private mutating func test(_ test: TestSyntax, _ kind: ItemSyntax.Kind) {
        put(kind, .head, title("test", test.title), nil)
        put(kind, .asks, "  ", test.asks, indent: 4)
        let expectations = test.expectations.map(\.pieces)
        guard !expectations.isEmpty else { return }
        let one = "  expect " + expectations.map(\.line).joined(separator: " and ")
        if one.count <= Self.width {
            put(kind, .expect, one, nil)
            return
        }
        open(kind, .expect, indent: "  ")
        for pieces in expectations {
            lines += pieces.lines(width: Self.width, indent: 9, after: "  expect ")
        }
        close(kind, .expect)
    }

    // MARK: Lines

    /// Writes one part with its comments.
    private mutating func put(
        _ item: ItemSyntax.Kind, _ part: PartName, _ start: String, _ rest: Pieces?, indent: Int = 0
    ) {
        open(item, part, indent: part == .head ? "" : "  ")
        if let rest {
            lines += rest.lines(width: Self.width, indent: indent, after: start)
        } else {
            lines.append(start)
        }
        close(item, part)
    }

    private mutating func open(_ item: ItemSyntax.Kind, _ part: PartName, indent: String) {
        for line in notes.notes[PolicyNotes.Place(item: item, part: part)]?.before ?? [] {
            lines.append(line.isEmpty ? "" : indent + line)
        }
    }

    private mutating func close(_ item: ItemSyntax.Kind, _ part: PartName) {
        guard let note = notes.notes[PolicyNotes.Place(item: item, part: part)]?.behind else { return }
        lines[lines.count - 1] += "  " + note
    }
}

extension ItemSyntax.Kind {
    /// Whether no empty line stands between two items of these kinds.
    fileprivate func standsClose(to other: Self) -> Bool {
        switch (self, other) {
        case (.definition, .definition), (.treatment, .treatment): true
        default: false
        }
    }
}
