/// Bringing policy files into the house form.
public enum PolicyFormat {
    /// The same policy in the house form: clauses in their usual order, lines of about a hundred characters, every
    /// comment kept. Formatting the result again changes nothing.
    ///
    /// - Parameters:
    ///   - text: the file. Its words are not looked up, so a file that names unknown families can be formatted too.
    ///   - file: its name, for diagnostics only.
    ///   - sorted: whether definitions, rules, promises and tests are put together and the rules in the order of
    ///     their names.
    /// - Returns: the text, or `nil` if the file cannot be read; and what is wrong with it.
    public static func format(
        _ text: String, file: String, sorted: Bool = false
    ) -> (text: String?, diagnostics: [Diagnostic]) {
        var findings = Findings(file: file)
        var syntax = Parser.parse(text, findings: &findings)
        guard !findings.hasErrors else { return (nil, findings.sorted) }
        let notes = PolicyNotes(syntax)
        if sorted { syntax.sortItems() }
        return (PolicyText.write(syntax, notes), [])
    }
}

extension PolicySyntax {
    /// Puts the items of one kind together, and the rules in the order of their names.
    mutating func sortItems() {
        func rank(_ item: ItemSyntax) -> Int {
            switch item.kind {
            case .header: 0
            case .definition: 1
            case .treatment: 2
            case .rule: 3
            case .promise: 4
            case .test: 5
            }
        }
        func name(_ item: ItemSyntax) -> String {
            if case .rule(let place) = item.kind { rules[place].id.text } else { "" }
        }
        items = items.enumerated().sorted { a, b in
            let (first, second) = (rank(a.element), rank(b.element))
            if first != second { return first < second }
            let (one, other) = (name(a.element), name(b.element))
            if one != other { return RuleOrder.isBefore(one, other) }
            return a.offset < b.offset
        }.map(\.element)
    }
}

/// The order of rules by their names: runs of digits count as numbers, so that WA-2 comes before WA-10.
enum RuleOrder {
    static func isBefore(_ a: String, _ b: String) -> Bool {
        let (first, second) = (Array(a.utf8), Array(b.utf8))
        var (i, j) = (0, 0)
        while i < first.count, j < second.count {
            let (one, other) = (number(first, &i), number(second, &j))
            switch (one, other) {
            case (.some(let x), .some(let y)):
                if x.count != y.count { return x.count < y.count }
                if x != y { return x.lexicographicallyPrecedes(y) }
            case (nil, nil):
                if first[i] != second[j] { return first[i] < second[j] }
                i += 1
                j += 1
            // Digits come before letters, as in ASCII.
            case (.some, nil): return 0x30 < second[j]
            case (nil, .some): return first[i] < 0x30
            }
        }
        if first.count - i != second.count - j { return first.count - i < second.count - j }
        return first.lexicographicallyPrecedes(second)
    }

    /// The digits from here on without leading zeros; `nil` if there are none.
    private static func number(_ bytes: [UInt8], _ place: inout Int) -> ArraySlice<UInt8>? {
        let start = place
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
        guard place > start else { return nil }
        return bytes[start..<place].drop { $0 == 0x30 }
    }
}
