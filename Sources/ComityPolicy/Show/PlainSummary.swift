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
            answer("Who gets nothing?", nothing),
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

    /// Who a rule is about, and when.
    private func about(_ rule: Rule, denies: Bool = true) -> String {
        let (who, ifs) = words.split(rule)
        return (denies ? who.anybody : who) + words.tail(rule, ifs)
    }

    private var gets: [String] {
        rules { rule in
            guard case .share(let groups) = rule.effect else { return nil }
            return
                "\(PlainList.capitalised(about(rule, denies: false))): \(PlainList.groups(groups)) (\(rule.id))."
        }
    }

    private var nothing: [String] {
        rules { rule in
            guard case .refuse = rule.effect else { return nil }
            return "\(PlainList.capitalised(about(rule, denies: false))) (\(rule.id))."
        }
    }

    private var never: [String] {
        var shared: FieldGroupSet = []
        for case .share(let groups) in policy.rules.map(\.effect) { shared.formUnion(groups) }
        let left = FieldGroupSet.all.subtracting(shared)
        if left.isEmpty { return ["Nothing: every kind of fact is given to somebody."] }
        return ["\(PlainList.capitalised(PlainList.groups(left)))."]
    }

    private var kept: [String] {
        rules { rule in
            guard case .withhold(let groups) = rule.effect else { return nil }
            return "\(PlainList.capitalised(PlainList.groups(groups))), from \(about(rule)) (\(rule.id))."
        }
    }

    private var held: [String] {
        rules { rule in
            guard case .hold(let groups, let hold) = rule.effect else { return nil }
            let asked =
                groups.map { "when the \(PlainList.groups($0, "or")) is asked for" } ?? "on each look-up"
            let desk = PlainList.capitalised(hold.who("decides", "decide"))
            return "\(desk) \(asked) by \(about(rule)) (\(rule.id))."
        }
    }

    private var carried: [String] {
        rules { rule in
            guard case .require(let things) = rule.effect else { return nil }
            let (who, ifs) = words.split(rule)
            let must = PlainList.joined(things.map(words.conditions.carrying))
            return "\(PlainList.capitalised(who)) must \(must)\(words.tail(rule, ifs)) (\(rule.id))."
        }
    }

    private var limited: [String] {
        rules { rule in
            guard case .limit(let limit) = rule.effect else { return nil }
            return
                "More than \(limit.most) in one \(limit.period.rawValue) for each \(limit.scope.words), by "
                + "\(about(rule)) (\(rule.id))."
        }
    }

    private var told: [String] {
        let lines = rules { rule in
            guard case .notify(let terms) = rule.effect else { return nil }
            let event =
                switch terms.event {
                case .asked: "look-ups by"
                case .paperReceived: "court papers that come with look-ups by"
                case .released: "releases to"
                case .refused: "refusals of look-ups by"
                }
            return
                "\(PlainList.capitalised(words.party(terms.party))), of \(event) \(about(rule)) (\(rule.id))."
        }
        return lines.isEmpty ? ["Nobody."] : lines
    }
}
