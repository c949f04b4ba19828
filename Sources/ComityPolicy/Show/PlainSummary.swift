import ComityMessages

/// Who gets what, what is never given, who must be told.
struct PlainSummary {
    private let policy: Policy
    private let words: PlainRules

    init(_ policy: Policy, _ words: PlainRules) {
        self.policy = policy
        self.words = words
    }

    var answers: [PolicyReading.Answer] {
        [
            answer("Who gets what?", gets.isEmpty ? ["Nobody gets anything."] : gets),
            answer("What is never given, to anybody?", never),
            answer("Who gets nothing?", rules { if case .refuse = $0.effect { about($0) } else { nil } }),
            answer("What is kept back?", kept),
            answer("When does a person decide?", held),
            answer("What must a request carry?", carried),
            answer("How many look-ups are too many?", limited),
            answer("Who must be told?", told),
        ].compactMap(\.self)
    }

    private func answer(_ question: String, _ lines: [String]) -> PolicyReading.Answer? {
        lines.isEmpty ? nil : PolicyReading.Answer(question: question, lines: lines)
    }

    private func rules(_ line: (Rule) -> String?) -> [String] {
        var lines: [String] = []
        for rule in policy.rules {
            if let one = line(rule), !lines.contains(one) { lines.append(one) }
        }
        return lines
    }

    /// Who a rule is about, with a word that there is more to it.
    private func about(_ rule: Rule) -> String {
        let (who, ifs) = words.split(rule)
        let more: String =
            switch (ifs.isEmpty, rule.unless == nil) {
            case (true, true): ""
            case (true, false): ", with an exception"
            case (false, true): ", under a condition"
            case (false, false): ", under a condition and with an exception"
            }
        return "\(PlainList.capitalised(who))\(more) (\(rule.id))."
    }

    private func about(_ rule: Rule, _ text: String) -> String {
        "\(PlainList.capitalised(text)): \(lowered(about(rule)))"
    }

    private func lowered(_ text: String) -> String {
        // A name keeps its capital.
        let first = text.prefix { $0 != " " && $0 != "," }
        let small = ["Everybody", "Agencies", "Police", "Federal", "State", "The"]
        return small.contains(String(first)) ? text.prefix(1).lowercased() + text.dropFirst() : text
    }

    private var gets: [String] {
        rules { rule in
            guard case .share(let groups) = rule.effect else { return nil }
            let line = about(rule)
            guard let end = line.lastIndex(of: "(") else { return line }
            return "\(line[..<end].dropLast()): \(PlainList.groups(groups)) (\(rule.id))."
        }
    }

    private var never: [String] {
        var shared: FieldGroupSet = []
        for case .share(let groups) in policy.rules.map(\.effect) { shared.formUnion(groups) }
        let left = FieldGroupSet.all.subtracting(shared)
        if left.isEmpty { return ["There is nothing that no rule gives to somebody."] }
        return ["\(PlainList.capitalised(PlainList.groups(left)))."]
    }

    private var kept: [String] {
        rules { rule in
            guard case .withhold(let groups) = rule.effect else { return nil }
            return about(rule, "\(PlainList.groups(groups)), from")
                .replacing(", from: ", with: ", from ")
        }
    }

    private var held: [String] {
        rules { rule in
            guard let hold = rule.effect.hold, case .hold(let groups, _) = rule.effect else { return nil }
            let asked = groups.map { "when the \(PlainList.groups($0, "or")) is asked for" } ?? "on each look-up"
            return "\(hold.desk) decides \(asked) by \(lowered(about(rule)))"
        }
    }

    private var carried: [String] {
        rules { rule in
            guard case .require(let things) = rule.effect else { return nil }
            return "\(about(rule).dropLast()) must \(PlainList.joined(things.map(words.conditions.carrying)))."
        }
    }

    private var limited: [String] {
        rules { rule in
            guard case .limit(let limit) = rule.effect else { return nil }
            return "More than \(limit.most) in one \(limit.period.rawValue) for each \(limit.scope.words), by "
                + lowered(about(rule))
        }
    }

    private var told: [String] {
        let lines = rules { rule in
            guard case .notify(let terms) = rule.effect else { return nil }
            let event =
                switch terms.event {
                case .asked: "look-ups"
                case .paperReceived: "court papers that come with look-ups"
                case .released: "releases"
                case .refused: "refusals"
                }
            return "\(PlainList.capitalised(words.party(terms.party))), of \(event), where the agency is among: "
                + lowered(about(rule))
        }
        return lines.isEmpty ? ["Nobody."] : lines
    }
}
