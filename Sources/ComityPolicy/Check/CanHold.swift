import ComityDirectory

extension Alternative {
    /// Whether some look-up could make it true: `false` only if it asks for things that exclude each other.
    func canHold(taxonomy: Taxonomy) -> Bool {
        positive.isDisjoint(with: negative) && kindsLeft(taxonomy) && statesLeft && factsLeft(taxonomy)
            && agenciesLeft && familiesLeft && countriesLeft && certificationsLeft
    }

    private func kindsLeft(_ taxonomy: Taxonomy) -> Bool {
        var left = Set(taxonomy.kinds)
        for case .kind(let kinds) in positive.map(\.test) { left.formIntersection(kinds) }
        for case .kind(let kinds) in negative.map(\.test) { left.subtract(kinds) }
        return !left.isEmpty
    }

    private var statesLeft: Bool {
        let lists = positive.compactMap { if case .state(let states) = $0.test { states } else { nil } }
        guard var left = lists.first.map(Set.init) else { return true }
        for list in lists { left.formIntersection(list) }
        for case .state(let states) in negative.map(\.test) { left.subtract(states) }
        return !left.isEmpty
    }

    private var countriesLeft: Bool {
        let lists = positive.compactMap { if case .country(let all) = $0.test { all } else { nil } }
        guard var left = lists.first.map(Set.init) else { return true }
        for list in lists { left.formIntersection(list) }
        for case .country(let all) in negative.map(\.test) { left.subtract(all) }
        return !left.isEmpty
    }

    /// Tests of the same text can exclude each other; those of different texts never do.
    private var certificationsLeft: Bool {
        struct Key: Hashable {
            var name: String
            var version: Int?
        }
        var left: [Key: Set<Certification.Standing>] = [:]
        for (tests, isPositive) in [(positive, true), (negative, false)] {
            for case .certification(let name, let version, let standings) in tests.map(\.test) {
                let key = Key(name: name, version: version)
                var states = left[key] ?? Set(Certification.Standing.allCases)
                if isPositive { states.formIntersection(standings) } else { states.subtract(standings) }
                left[key] = states
            }
        }
        return !left.values.contains { $0.isEmpty }
    }

    private func factsLeft(_ taxonomy: Taxonomy) -> Bool {
        for (position, fact) in taxonomy.facts.enumerated() {
            var left = Set((0..<fact.values.count).map { FactValue(index: $0) })
            if fact.canBeAbsent { left.insert(.absent) }
            for compiled in positive {
                switch compiled.test {
                case .fact(position, let values): left.formIntersection(values)
                case .absent(position): left.formIntersection([.absent])
                default: break
                }
            }
            for compiled in negative {
                switch compiled.test {
                // Not having a value is known only of a fact that was stated.
                case .fact(position, let values): left.subtract(values + [.absent])
                case .absent(position): left.remove(.absent)
                default: break
                }
            }
            if left.isEmpty { return false }
        }
        return true
    }

    private var agenciesLeft: Bool {
        let wanted = Set(positive.compactMap { if case .agency(let ori) = $0.test { ori } else { nil } })
        guard wanted.count <= 1 else { return false }
        guard let ori = wanted.first else { return true }
        for case .pattern(let pattern) in positive.map(\.test) where !pattern.matches(ori) { return false }
        for case .pattern(let pattern) in negative.map(\.test) where pattern.matches(ori) { return false }
        return true
    }

    /// An agency has one family of its own, so two that do not lie within each other exclude each other; ties
    /// it may have many.
    private var familiesLeft: Bool {
        let own = positive.compactMap { compiled in
            if compiled.reach == .own, case .family(let path) = compiled.test { path } else { nil }
        }
        for path in own {
            for other in own where !path.isWithin(other) && !other.isWithin(path) { return false }
            for compiled in negative {
                if case .family(let other) = compiled.test, path.isWithin(other) { return false }
            }
        }
        return true
    }
}

extension Rule {
    /// The facts by leaving out which a sender gets more.
    ///
    /// A test that is *unknown* when nothing is stated can only make a rule stricter. One that is then definitely
    /// true in favour of the sender, or definitely false against him, opens the rule.
    func opensOnAbsence(taxonomy: Taxonomy) -> [String] {
        var names: [String] = []
        func look(_ condition: Condition, favours: Bool) {
            switch condition {
            case .always: break
            case .named(_, let inner): look(inner, favours: favours)
            case .not(let inner): look(inner, favours: !favours)
            case .all(let parts), .any(let parts): for part in parts { look(part, favours: favours) }
            case .test(let test):
                guard let position = test.factPosition, taxonomy.facts[position].source == .message else {
                    return
                }
                let fact = taxonomy.facts[position]
                let whenAbsent: Truth =
                    switch test {
                    case .absent: fact.canBeAbsent ? .yes : .no
                    case .fact(_, let values):
                        fact.ifNotStated.index == nil ? .unknown : Truth(values.contains(fact.ifNotStated))
                    default: .unknown
                    }
                if whenAbsent == (favours ? .yes : .no), !names.contains(fact.name) {
                    names.append(fact.name)
                }
            }
        }
        look(match, favours: !effect.isRestrictive)
        // Without a court paper there is no duty to tell of one.
        if case .notify(let terms) = effect, let fact = taxonomy.dutyEvents[terms.event]?.fact {
            names.removeAll { $0 == fact }
        }
        return names
    }
}
