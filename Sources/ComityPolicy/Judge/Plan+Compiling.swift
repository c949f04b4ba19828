import ComityDirectory
import ComityMessages

/// What can be said of one alternative by one test.
private struct Literal {
    var alternative: Int
    var isShare: Bool
    var isPositive: Bool
    var test: CompiledTest

    /// Whether a value of the test rules the alternative out.
    func isRuledOut(by truth: Truth) -> Bool {
        if isShare { return isPositive ? truth != .yes : truth != .no }
        return isPositive ? truth == .no : truth == .yes
    }
}

extension Plan {
    /// Compiles a policy for one stage; `nil` if a rule has too many alternatives.
    init?(_ policy: Policy, taxonomy: Taxonomy, stage: Interpreter.Stage) {
        makeSlots(policy)
        var literals: [Literal] = []
        var used: Set<Int> = []
        var things = 0
        for (place, rule) in policy.rules.enumerated() {
            var parts: [(form: [Alternative]?, slot: Int)] = []
            if case .require(let carried) = rule.effect {
                for thing in carried {
                    parts.append((NormalForm.of(rule, and: .not(thing.condition)), ruleCount + things))
                    things += 1
                }
            } else {
                parts = [(NormalForm.of(rule), place)]
            }
            if stage == .question, rule.effect.isRestrictive, rule.restsOnRecord(taxonomy) { continue }
            for part in parts {
                guard let form = part.form else { return nil }
                for alternative in form {
                    let number = number(ofNextIn: part.slot, &used)
                    for (tests, isPositive) in [(alternative.positive, true), (alternative.negative, false)] {
                        for test in tests {
                            // While the question is judged a share counts as if each fact of the record let
                            // it through.
                            if stage == .question, taxonomy.isOfRecord(test.test) { continue }
                            literals.append(
                                Literal(
                                    alternative: number, isShare: !rule.effect.isRestrictive,
                                    isPositive: isPositive, test: test))
                        }
                    }
                }
            }
        }
        addFirstRow(used)
        addRows(literals, taxonomy: taxonomy)
    }

    private mutating func number(ofNextIn slot: Int, _ used: inout Set<Int>) -> Int {
        if used.insert(slot).inserted { return slot }
        slotsOfOthers.append(Int32(slot))
        return slotCount + slotsOfOthers.count - 1
    }

    private mutating func addFirstRow(_ used: Set<Int>) {
        let count = slotCount + slotsOfOthers.count
        words = (count + 63) / 64
        rows = Array(repeating: .max, count: words)
        for number in 0..<count where number >= slotCount || used.contains(number) {
            rows[number / 64] &= ~(1 << UInt64(number % 64))
        }
    }

    /// What each rule does, as masks.
    private mutating func makeSlots(_ policy: Policy) {
        ruleCount = policy.rules.count
        slotCount = ruleCount + policy.carried.count
        slotWords = (slotCount + 63) / 64
        masks = Array(repeating: Masks(), count: slotWords)
        groupsOfSlots = Array(repeating: 0, count: slotCount)
        groupMasks = Array(repeating: 0, count: slotWords * groupCount)
        firstDay = Array(repeating: .min, count: slotCount)
        lastDay = Array(repeating: .max, count: slotCount)
        limitNames = Array(repeating: nil, count: slotCount)
        ruleOfThing = policy.carried.map(\.rule)
        for (place, rule) in policy.rules.enumerated() { setMask(of: rule, slot: place, owner: policy.owner) }
        for (index, thing) in policy.carried.enumerated() {
            setMask(of: policy.rules[thing.rule], slot: ruleCount + index, owner: policy.owner)
        }
    }

    private mutating func setMask(of rule: Rule, slot: Int, owner: MemberCode) {
        let word = slot / 64
        let bit: UInt64 = 1 << UInt64(slot % 64)
        var groups: FieldGroupSet?
        switch rule.effect {
        case .share(let given):
            masks[word].share |= bit
            groups = given
        case .withhold(let kept):
            masks[word].withhold |= bit
            groups = kept
        case .hold(let asked, _):
            masks[word].hold |= bit
            groups = asked
        case .refuse: masks[word].refuse |= bit
        case .notify: masks[word].notify |= bit
        // The rule itself has no alternatives, only the things that it wants carried.
        case .require: masks[word].missing |= slot < ruleCount ? 0 : bit
        case .limit(let limit):
            if limit.beyond == .refuse {
                masks[word].limitRefuse |= bit
            } else {
                masks[word].limitHold |= bit
            }
            limitNames[slot] = LimitName(owner: owner, rule: rule.id)
        }
        if let groups {
            groupsOfSlots[slot] = groups.rawValue
            for (index, group) in FieldGroup.allCases.enumerated() where groups.contains(group) {
                groupMasks[word * groupCount + index] |= bit
            }
        } else {
            masks[word].always |= bit
        }
        if rule.effective != nil || rule.until != nil {
            masks[word].dated |= bit
            firstDay[slot] = rule.effective?.number ?? .min
            lastDay[slot] = rule.until?.number ?? .max
        }
    }

    private mutating func addRows(_ literals: [Literal], taxonomy: Taxonomy) {
        let byFact = Dictionary(grouping: literals) { $0.test.test.factPosition ?? -1 }
        for position in byFact.keys.sorted() where position >= 0 {
            let fact = taxonomy.facts[position]
            let states = fact.values.count + 2
            facts.append(
                FactRows(position: UInt16(position), count: UInt16(states), start: Int32(rows.count)))
            for raw in 0..<states {
                let value = FactValue(rawValue: UInt8(raw))
                addRow(byFact[position]!) { $0.truth(of: value) }
            }
        }
        let agency = byFact[-1] ?? []
        if agency.isEmpty { return }
        unknownAgency = addRow(agency) { _ in .unknown }
        addKinds(agency, taxonomy: taxonomy)
        addStates(agency)
        addCountries(agency)
        addIDs(agency)
        addFamilies(agency)
        addCertifications(agency)
    }

    /// A row of what some tests rule out with the values given; where it begins.
    @discardableResult private mutating func addRow(
        _ literals: [Literal], _ truth: (CompiledTest) -> Truth
    ) -> Int {
        let start = rows.count
        rows += Array(repeating: 0, count: words)
        for literal in literals where literal.isRuledOut(by: truth(literal.test)) {
            rows[start + literal.alternative / 64] |= 1 << UInt64(literal.alternative % 64)
        }
        return start
    }

    private mutating func addKinds(_ literals: [Literal], taxonomy: Taxonomy) {
        let mine = literals.filter { if case .kind = $0.test.test { true } else { false } }
        guard !mine.isEmpty else { return }
        unknownKind = addRow(mine) { _ in .unknown }
        kinds = rows.count
        kindCount = taxonomy.kinds.count
        for kind in taxonomy.kinds {
            addRow(mine) { test in
                if case .kind(let kinds) = test.test { Truth(kinds.contains(kind)) } else { .unknown }
            }
        }
    }

    private mutating func addStates(_ literals: [Literal]) {
        let listed = literals.filter { if case .state = $0.test.test { true } else { false } }
        let ofOwner = literals.filter { $0.test.test == .ownState }
        guard !listed.isEmpty || !ofOwner.isEmpty else { return }
        unknownState = addRow(listed + ofOwner) { _ in .unknown }
        otherState = addRow(listed) { _ in .no }
        var named: Set<MemberCode> = []
        for case .state(let states) in listed.map(\.test.test) { named.formUnion(states) }
        for code in named.sorted(by: { StateNumber.of($0) < StateNumber.of($1) }) {
            let row = addRow(listed) { test in
                if case .state(let states) = test.test { Truth(states.contains(code)) } else { .unknown }
            }
            states.append(StateRow(number: StateNumber.of(code), row: Int32(row)))
        }
        if !ofOwner.isEmpty {
            own = (addRow(ofOwner) { _ in .yes }, addRow(ofOwner) { _ in .no })
        }
    }

    private mutating func addCountries(_ literals: [Literal]) {
        let mine = literals.filter { if case .country = $0.test.test { true } else { false } }
        guard !mine.isEmpty else { return }
        unknownCountry = addRow(mine) { _ in .unknown }
        otherCountry = addRow(mine) { _ in .no }
        var named: Set<String> = []
        for case .country(let all) in mine.map(\.test.test) { named.formUnion(all) }
        for country in named.sorted() {
            let row = addRow(mine) { test in
                if case .country(let all) = test.test { Truth(all.contains(country)) } else { .unknown }
            }
            countries.append(CountryRow(number: CountryNumber.of(country), country: country, row: row))
        }
    }

    private mutating func addIDs(_ literals: [Literal]) {
        var mine: [CompiledTest: [Literal]] = [:]
        var order: [CompiledTest] = []
        for literal in literals {
            switch literal.test.test {
            case .agency, .pattern:
                if mine[literal.test] == nil { order.append(literal.test) }
                mine[literal.test, default: []].append(literal)
            default: break
            }
        }
        guard !order.isEmpty else { return }
        noID = addRow(order.flatMap { mine[$0]! }) { _ in .no }
        for test in order {
            let (mask, wanted) =
                switch test.test {
                case .agency(let ori): (IDBytes(front: .max, last: .max), IDBytes(ori))
                case .pattern(let pattern): (pattern.mask, pattern.wanted)
                default: preconditionFailure("only IDs are in the list")
                }
            ids.append(
                IDRows(
                    mask: mask, wanted: wanted, fits: addRow(mine[test]!) { _ in .yes },
                    fitsNot: addRow(mine[test]!) { _ in .no }))
        }
    }

    private mutating func addFamilies(_ literals: [Literal]) {
        var mine: [FamilyPath: [Literal]] = [:]
        for literal in literals {
            if case .family(let path) = literal.test.test { mine[path, default: []].append(literal) }
        }
        guard !mine.isEmpty else { return }
        noFamily = addRow(mine.values.flatMap(\.self)) { _ in .no }
        for (path, literals) in mine.sorted(by: { $0.key < $1.key }) {
            families.append(FamilyRows(mark: FamilyMark(path), start: rows.count))
            for state in FamilyState.allCases {
                addRow(literals) { $0.reach == .own ? state.own : state.ownOrTied }
            }
        }
    }

    private mutating func addCertifications(_ literals: [Literal]) {
        struct Text: Hashable {
            var name: String
            var version: Int?
        }
        var mine: [Text: [Literal]] = [:]
        var order: [Text] = []
        for literal in literals {
            guard case .certification(let name, let version, _) = literal.test.test else { continue }
            let text = Text(name: name, version: version)
            if mine[text] == nil { order.append(text) }
            mine[text, default: []].append(literal)
        }
        guard !order.isEmpty else { return }
        func truth(_ standing: Certification.Standing) -> (CompiledTest) -> Truth {
            { test in
                guard case .certification(_, _, let allowed) = test.test else { return .unknown }
                return Truth(allowed.contains(standing))
            }
        }
        let all = order.flatMap { mine[$0]! }
        unknownCertified = addRow(all) { _ in .unknown }
        neverCertified = addRow(all, truth(.never))
        for text in order {
            certifications.append(
                CertificationRows(name: text.name, version: text.version, start: rows.count))
            for standing in Certification.Standing.allCases.sorted(by: { $0.rank < $1.rank }) {
                addRow(mine[text]!, truth(standing))
            }
        }
    }
}

extension CompiledTest {
    /// The value of a test of an enumerated fact.
    fileprivate func truth(of value: FactValue) -> Truth {
        switch test {
        case .fact(_, let values): value.index == nil ? .unknown : Truth(values.contains(value))
        case .absent: value == .unknown ? .unknown : Truth(value == .absent)
        default: .unknown
        }
    }
}

extension Plan.FamilyState {
    fileprivate var own: Truth {
        switch self {
        case .own: .yes
        case .tied, .none, .noneOwnTiesUnknown: .no
        case .tiedOwnUnknown, .unknown: .unknown
        }
    }

    fileprivate var ownOrTied: Truth {
        switch self {
        case .own, .tied, .tiedOwnUnknown: .yes
        case .none: .no
        case .noneOwnTiesUnknown, .unknown: .unknown
        }
    }
}
