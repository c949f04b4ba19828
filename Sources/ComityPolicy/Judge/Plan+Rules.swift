import ComityMessages

extension Plan {
    /// What the rules say of what is known.
    @inline(__always) func judge(
        _ known: Known<Row>, asked: FieldGroupSet, day: Int, policy: PolicyMark, isQuestion: Bool
    ) -> Judgement {
        var shared: UInt16 = 0
        var withheld: UInt16 = 0
        var near = AppliedRules.Near()
        var hasFar = false
        let yes = known.yes
        let no = known.no
        // Without checks of the bounds: `Plan+Compiling` made every range.
        (isQuestion ? questionRules : rules).withUnsafeBufferPointer { rules in
            terms.withUnsafeBufferPointer { terms in
                for rule in rules {
                    if rule.neededGroups != 0, rule.neededGroups & asked.rawValue == 0 { continue }
                    if day < rule.firstDay || day > rule.lastDay { continue }
                    guard Self.applies(rule, terms, yes, no) else { continue }
                    let bit: UInt64 = rule.place < 64 ? 1 << UInt64(rule.place) : 0
                    if rule.place >= 64 { hasFar = true }
                    switch rule.action {
                    case .share:
                        shared |= rule.groups
                        near.sharing |= bit
                    case .refuse: near.refusing |= bit
                    case .hold: near.holding |= bit
                    case .withhold:
                        withheld |= rule.groups
                        near.withholding |= bit
                    }
                }
            }
        }
        var applied = AppliedRules(policy: policy, near: near)
        if hasFar { addFar(to: &applied, known, asked: asked, day: day, isQuestion: isQuestion) }
        return Judgement(
            asked: asked, shared: FieldGroupSet(rawValue: shared),
            withheld: FieldGroupSet(rawValue: withheld), rules: applied)
    }

    /// A restriction applies unless it is false, a share only if it is true.
    @inline(__always) private static func applies(
        _ rule: CompiledRule, _ terms: UnsafeBufferPointer<Term>, _ yes: Row, _ no: Row
    ) -> Bool {
        var index = rule.start
        if rule.action == .share {
            while index < rule.end {
                if terms[index].yes.isSubset(of: yes), terms[index].no.isSubset(of: no) { return true }
                index += 1
            }
        } else {
            while index < rule.end {
                if terms[index].yes.isDisjoint(with: no), terms[index].no.isDisjoint(with: yes) {
                    return true
                }
                index += 1
            }
        }
        return false
    }

    /// Rules from the 65th on take memory to be named, so they are looked through a second time.
    @inline(never) private func addFar(
        to applied: inout AppliedRules, _ known: Known<Row>, asked: FieldGroupSet, day: Int, isQuestion: Bool
    ) {
        terms.withUnsafeBufferPointer { terms in
            for rule in isQuestion ? questionRules : rules where rule.place >= 64 {
                if rule.neededGroups != 0, rule.neededGroups & asked.rawValue == 0 { continue }
                if day < rule.firstDay || day > rule.lastDay { continue }
                guard Self.applies(rule, terms, known.yes, known.no) else { continue }
                switch rule.action {
                case .share: applied.sharing.insert(rule.place)
                case .refuse: applied.refusing.insert(rule.place)
                case .hold: applied.holding.insert(rule.place)
                case .withhold: applied.withholding.insert(rule.place)
                }
            }
        }
    }
}
