/// A test as the compiled form knows it: with the reach of families settled.
struct CompiledTest: Hashable, Sendable {
    var test: Test
    /// Whether families that an agency is only tied to count; always `own` for other tests.
    var reach: FamilyReach
}

/// One alternative of a rule's match: all of `positive` hold and none of `negative` does.
struct Alternative: Hashable, Sendable {
    var positive: Set<CompiledTest> = []
    var negative: Set<CompiledTest> = []
}

/// A rule's match written as alternatives.
///
/// Exact for three values: in Kleene's logic `not` still swaps `and` with `or`, and `and` still distributes over
/// `or`. What does not hold is that *x and not x* is false, so an alternative with both is kept.
enum NormalForm {
    /// The alternatives; `nil` if there are more than `Limits.alternatives`.
    static func of(_ rule: Rule) -> [Alternative]? {
        let reach: FamilyReach = rule.effect.isRestrictive ? .ownOrTied : .own
        guard let form = alternatives(rule.match, reach: reach, negated: false) else { return nil }
        var seen: Set<Alternative> = []
        return form.filter { seen.insert($0).inserted }
    }

    /// Whether a condition of a rule, taken alone, can hold for some look-up.
    static func canHold(_ condition: Condition, of rule: Rule, taxonomy: Taxonomy) -> Bool {
        let reach: FamilyReach = rule.effect.isRestrictive ? .ownOrTied : .own
        return alternatives(condition, reach: reach, negated: false)?
            .contains { $0.canHold(taxonomy: taxonomy) } ?? true
    }

    /// The alternatives of a rule's match together with one more condition.
    static func of(_ rule: Rule, and condition: Condition) -> [Alternative]? {
        let reach: FamilyReach = rule.effect.isRestrictive ? .ownOrTied : .own
        return alternatives(.all([rule.match, condition]), reach: reach, negated: false)
    }

    /// Every test that the alternatives of a rule hold, in the order of the text; some may come twice.
    static func tests(of rule: Rule) -> [CompiledTest] {
        var tests: [CompiledTest] = []
        collect(rule.match, reach: rule.effect.isRestrictive ? .ownOrTied : .own, into: &tests)
        return tests
    }

    private static func collect(
        _ condition: Condition, reach: FamilyReach, into tests: inout [CompiledTest]
    ) {
        switch condition {
        case .always: break
        case .test(let test): tests.append(compiled(test, reach))
        case .named(_, let inner): collect(inner, reach: reach, into: &tests)
        case .not(let inner): collect(inner, reach: reach.swapped, into: &tests)
        case .all(let parts), .any(let parts): for part in parts { collect(part, reach: reach, into: &tests) }
        }
    }

    private static func compiled(_ test: Test, _ reach: FamilyReach) -> CompiledTest {
        if case .family = test {
            CompiledTest(test: test, reach: reach)
        } else {
            CompiledTest(test: test, reach: .own)
        }
    }

    /// `reach` is the reach here, already swapped by each `not` on the way.
    private static func alternatives(
        _ condition: Condition, reach: FamilyReach, negated: Bool
    ) -> [Alternative]? {
        switch condition {
        case .always: return negated ? [] : [Alternative()]
        case .test(let test):
            let one: Set = [compiled(test, reach)]
            return [negated ? Alternative(negative: one) : Alternative(positive: one)]
        case .named(_, let inner): return alternatives(inner, reach: reach, negated: negated)
        case .not(let inner): return alternatives(inner, reach: reach.swapped, negated: !negated)
        case .all(let parts):
            return negated
                ? either(parts, reach: reach, negated: true) : both(parts, reach: reach, negated: false)
        case .any(let parts):
            return negated
                ? both(parts, reach: reach, negated: true) : either(parts, reach: reach, negated: false)
        }
    }

    private static func either(_ parts: [Condition], reach: FamilyReach, negated: Bool) -> [Alternative]? {
        var result: [Alternative] = []
        for part in parts {
            guard let some = alternatives(part, reach: reach, negated: negated) else { return nil }
            result += some
            if result.count > Limits.alternatives { return nil }
        }
        return result
    }

    private static func both(_ parts: [Condition], reach: FamilyReach, negated: Bool) -> [Alternative]? {
        var result = [Alternative()]
        for part in parts {
            guard let some = alternatives(part, reach: reach, negated: negated) else { return nil }
            guard result.count * some.count <= Limits.alternatives else { return nil }
            result = result.flatMap { left in
                some.map {
                    Alternative(
                        positive: left.positive.union($0.positive), negative: left.negative.union($0.negative)
                    )
                }
            }
        }
        return result
    }
}
