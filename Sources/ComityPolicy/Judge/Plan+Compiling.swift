import ComityDirectory
import ComityMessages

extension Plan {
    /// Compiles a policy; `nil` if it does not fit this width or has a rule with too many alternatives.
    init?(_ policy: Policy, taxonomy: Taxonomy) {
        var seen: Set<CompiledTest> = []
        var ordered: [CompiledTest] = []
        for rule in policy.rules {
            ordered += NormalForm.tests(of: rule).filter { seen.insert($0).inserted }
        }
        guard ordered.count <= Row.width else { return nil }
        let bits = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
        addFacts(ordered, taxonomy: taxonomy)
        addKindsAndStates(ordered, taxonomy: taxonomy)
        addAgencies(ordered)
        for (place, rule) in policy.rules.enumerated() {
            guard add(rule, at: place, bits: bits, taxonomy: taxonomy) else { return nil }
        }
    }

    private mutating func addFacts(_ tests: [CompiledTest], taxonomy: Taxonomy) {
        for (position, fact) in taxonomy.facts.enumerated() {
            let mine = tests.enumerated().filter { $1.test.factPosition == position }
            guard !mine.isEmpty else { continue }
            let count = fact.values.count + 2
            facts.append(FactTable(position: position, start: table.count, count: count))
            for raw in 0..<count {
                let value = FactValue(rawValue: UInt8(raw))
                var row = Known<Row>()
                for (bit, compiled) in mine {
                    switch compiled.test {
                    case .fact(_, let values) where value.index != nil:
                        row.known.insert(bit)
                        if values.contains(value) { row.yes.insert(bit) }
                    case .absent where value != .unknown:
                        row.known.insert(bit)
                        if value == .absent { row.yes.insert(bit) }
                    default: break
                    }
                }
                table.append(row)
            }
        }
    }

    private mutating func addKindsAndStates(_ tests: [CompiledTest], taxonomy: Taxonomy) {
        kinds = taxonomy.kinds.map { kind in
            var row = Known<Row>()
            for (bit, compiled) in tests.enumerated() {
                guard case .kind(let kinds) = compiled.test else { continue }
                row.known.insert(bit)
                if kinds.contains(kind) { row.yes.insert(bit) }
            }
            return row
        }
        var other = Known<Row>()
        var named: [MemberCode: Known<Row>] = [:]
        for case .state(let states) in tests.map(\.test) { for state in states { named[state] = Known() } }
        for (bit, compiled) in tests.enumerated() {
            if compiled.test == .ownState { owner.insert(bit) }
            guard case .state(let states) = compiled.test else { continue }
            other.known.insert(bit)
            for code in named.keys {
                named[code]?.known.insert(bit)
                if states.contains(code) { named[code]?.yes.insert(bit) }
            }
        }
        states = [other]
        stateRow = Array(repeating: 0, count: StateNumber.count)
        for (code, row) in named.sorted(by: { $0.key < $1.key }) {
            stateRow[Int(StateNumber.of(code))] = UInt16(states.count)
            states.append(row)
        }
    }

    private mutating func addAgencies(_ tests: [CompiledTest]) {
        for (bit, compiled) in tests.enumerated() {
            var row = Row()
            row.insert(bit)
            switch compiled.test {
            case .agency(let ori):
                let all = IDBytes(front: .max, last: .max)
                ids.append(IDTest(mask: all, wanted: IDBytes(ori), row: row))
                allIDs.insert(bit)
            case .pattern(let pattern):
                ids.append(IDTest(mask: pattern.mask, wanted: pattern.wanted, row: row))
                allIDs.insert(bit)
            case .family(let path):
                let mark = FamilyMark(path)
                let index = families.firstIndex { $0.mark == mark } ?? families.count
                if index == families.count { families.append(FamilyTest(mark: mark)) }
                if compiled.reach == .own {
                    families[index].own.insert(bit)
                    allOwn.insert(bit)
                } else {
                    families[index].either.insert(bit)
                    allEither.insert(bit)
                }
            default: break
            }
        }
    }

    private mutating func add(
        _ rule: Rule, at place: Int, bits: [CompiledTest: Int], taxonomy: Taxonomy
    ) -> Bool {
        guard let form = NormalForm.of(rule) else { return false }
        func isOfRecord(_ test: CompiledTest) -> Bool {
            test.test.factPosition.map { taxonomy.facts[$0].source == .record } ?? false
        }
        let mentionsRecord = NormalForm.tests(of: rule).contains(where: isOfRecord)
        let all = append(form, bits: bits)
        var question: Range<Int>? = all
        if mentionsRecord {
            // A share counts provisionally as if each fact of the record would let it through.
            question =
                rule.effect.isRestrictive
                ? nil
                : append(
                    form.map {
                        Alternative(
                            positive: $0.positive.filter { !isOfRecord($0) },
                            negative: $0.negative.filter { !isOfRecord($0) })
                    }, bits: bits)
        }
        let (action, groups): (Action, FieldGroupSet?) =
            switch rule.effect {
            case .share(let groups): (.share, groups)
            case .refuse: (.refuse, nil)
            case .withhold(let groups): (.withhold, groups)
            case .hold(let groups, _): (.hold, groups)
            }
        // A rule about no group at all never says anything.
        if let groups, groups.isEmpty { return true }
        var compiled = CompiledRule(
            place: place, action: action, groups: groups?.rawValue ?? 0, neededGroups: groups?.rawValue ?? 0,
            firstDay: rule.effective?.number ?? .min, lastDay: rule.until?.number ?? .max,
            start: all.lowerBound, end: all.upperBound)
        rules.append(compiled)
        if let question {
            (compiled.start, compiled.end) = (question.lowerBound, question.upperBound)
            questionRules.append(compiled)
        }
        return true
    }

    private mutating func append(_ form: [Alternative], bits: [CompiledTest: Int]) -> Range<Int> {
        let start = terms.count
        for alternative in form {
            var term = Term()
            for test in alternative.positive { if let bit = bits[test] { term.yes.insert(bit) } }
            for test in alternative.negative { if let bit = bits[test] { term.no.insert(bit) } }
            terms.append(term)
        }
        return start..<terms.count
    }
}
