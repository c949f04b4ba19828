import ComityMessages

extension Plan {
    /// What the rules say to one requester.
    @inline(__always) func judge(
        _ facts: FactVector, _ requester: Requester, day: Int, policy: PolicyMark
    ) -> Judgement {
        if words <= 1 {
            guard words == 1 else { return nothing(facts, policy) }
            return rows.withUnsafeBufferPointer { rows in
                var out = OneWord(rows: rows.baseAddress!)
                rule(out: &out, facts)
                rule(out: &out, requester, owner: facts.ownerNumber)
                var tally = Tally()
                // The bits above the last alternative are not set.
                let all: UInt64 = count == 64 ? .max : (1 << UInt64(count)) - 1
                apply(~out.bits & all, from: 0, facts, day: day, &tally)
                return judgement(tally, facts, policy)
            }
        }
        return judgeMany(facts, requester, day: day, policy: policy)
    }

    @inline(never) private func judgeMany(
        _ facts: FactVector, _ requester: Requester, day: Int, policy: PolicyMark
    ) -> Judgement {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) { bits in
            bits.initialize(repeating: 0)
            return rows.withUnsafeBufferPointer { rows in
                var out = ManyWords(
                    rows: rows.baseAddress!, bits: bits.baseAddress!, words: words)
                rule(out: &out, facts)
                rule(out: &out, requester, owner: facts.ownerNumber)
                let rest = count & 63
                if rest != 0 { bits[words - 1] |= ~((1 << UInt64(rest)) - 1) }
                var tally = Tally()
                for word in 0..<words where bits[word] != .max {
                    apply(~bits[word], from: word * 64, facts, day: day, &tally)
                }
                return judgement(tally, facts, policy)
            }
        }
    }

    /// What the rules come to.
    struct Tally {
        var shared: UInt16 = 0
        var withheld: UInt16 = 0
        var near = AppliedRules.Near()
        var far: [UInt64] = []
    }

    private func nothing(_ facts: FactVector, _ policy: PolicyMark) -> Judgement {
        judgement(Tally(), facts, policy)
    }

    @inline(__always) private func judgement(
        _ tally: Tally, _ facts: FactVector, _ policy: PolicyMark
    ) -> Judgement {
        var applied = AppliedRules(policy: policy, near: tally.near)
        if !tally.far.isEmpty { applied.setFar(tally.far) }
        return Judgement(
            asked: facts.asked, shared: FieldGroupSet(rawValue: tally.shared),
            withheld: FieldGroupSet(rawValue: tally.withheld), rules: applied)
    }

    /// Applies the rules of the alternatives that are left of 64.
    @inline(__always) private func apply(
        _ left: UInt64, from start: Int, _ facts: FactVector, day: Int, _ tally: inout Tally
    ) {
        var left = left
        while left != 0 {
            let rule = rules[Int(ruleOf[start + left.trailingZeroBitCount])]
            left &= left - 1
            if rule.neededGroups != 0, rule.neededGroups & facts.asked.rawValue == 0 { continue }
            if day < rule.firstDay || day > rule.lastDay { continue }
            if rule.place >= 64 || rule.missing >= 64 {
                applyFar(rule, facts, &tally)
                continue
            }
            let bit: UInt64 = 1 << UInt64(rule.place)
            switch rule.action {
            case .share:
                tally.shared |= rule.groups
                tally.near.sharing |= bit
            case .refuse: tally.near.refusing |= bit
            case .hold: tally.near.holding |= bit
            case .withhold:
                tally.withheld |= rule.groups
                tally.near.withholding |= bit
            case .notify: tally.near.notifying |= bit
            case .require:
                tally.near.refusing |= bit
                tally.near.requiring |= bit
                tally.near.missing |= 1 << UInt64(rule.missing)
            case .limitRefuse, .limitHold:
                if facts.over.isEmpty { continue }
                guard let limit = rule.limit, facts.over.contains(limit) else { continue }
                tally.near.limiting |= bit
                if rule.action == .limitRefuse {
                    tally.near.refusing |= bit
                } else {
                    tally.near.holding |= bit
                }
            }
        }
    }

    /// Rules from the 65th on take memory to be named: one array for each judgement.
    @inline(never) private func applyFar(_ rule: CompiledRule, _ facts: FactVector, _ tally: inout Tally) {
        if tally.far.isEmpty {
            tally.far = Array(repeating: 0, count: highest / 64 * AppliedRules.Part.allCases.count)
        }
        func insert(_ place: Int, _ part: AppliedRules.Part) {
            if place < 64 {
                tally.near[part] |= 1 << UInt64(place)
            } else {
                tally.far[(place / 64 - 1) * AppliedRules.Part.allCases.count + part.rawValue] |=
                    1 << UInt64(place % 64)
            }
        }
        switch rule.action {
        case .share:
            tally.shared |= rule.groups
            insert(rule.place, .sharing)
        case .refuse: insert(rule.place, .refusing)
        case .hold: insert(rule.place, .holding)
        case .withhold:
            tally.withheld |= rule.groups
            insert(rule.place, .withholding)
        case .notify: insert(rule.place, .notifying)
        case .require:
            insert(rule.place, .refusing)
            insert(rule.place, .requiring)
            insert(rule.missing, .missing)
        case .limitRefuse, .limitHold:
            guard let limit = rule.limit, facts.over.contains(limit) else { return }
            insert(rule.place, .limiting)
            insert(rule.place, rule.action == .limitRefuse ? .refusing : .holding)
        }
    }
}
