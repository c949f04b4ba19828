import ComityMessages

extension StagePlan {
    /// What the rules say to one requester.
    @inline(__always) func judge(
        _ facts: FactVector.All, _ requester: Requester.Known, policy: PolicyMark
    ) -> Judgement {
        plan.words == 1
            ? judgeOneWord(facts, requester, policy: policy)
            : judgeMany(facts, requester, policy: policy)
    }

    /// Up to 64 alternatives: nearly every policy, and no memory is taken.
    @inline(__always) private func judgeOneWord(
        _ facts: FactVector.All, _ requester: Requester.Known, policy: PolicyMark
    ) -> Judgement {
        plan.rows.withUnsafeBufferPointer { rows in
            var out = OneWord(rows: rows.baseAddress!)
            rule(out: &out, facts)
            rule(out: &out, requester, owner: facts.ownerNumber)
            var left = ~out.bits
            if plan.slotCount < 64 {
                var others = left >> UInt64(plan.slotCount)
                left &= (1 << UInt64(plan.slotCount)) - 1
                while others != 0 {
                    left |= 1 << UInt64(plan.slotsOfOthers[others.trailingZeroBitCount])
                    others &= others &- 1
                }
            }
            var groups = Groups()
            left = counting(left, word: 0, facts)
            left = concerned(left, asked: facts.asked.rawValue, &groups)
            return Judgement(
                asked: facts.asked, shared: groups.shared, withheld: groups.withheld, policy: policy,
                near: near(left))
        }
    }

    @inline(never) private func judgeMany(
        _ facts: FactVector.All, _ requester: Requester.Known, policy: PolicyMark
    ) -> Judgement {
        var groups = Groups()
        var rules = AppliedRules(policy: policy)
        if plan.words > 0 {
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: plan.words) { left in
                plan.rows.withUnsafeBufferPointer { rows in
                    var out = ManyWords(rows: rows.baseAddress!, bits: left.baseAddress!, words: plan.words)
                    rule(out: &out, facts)
                    rule(out: &out, requester, owner: facts.ownerNumber)
                }
                for word in 0..<plan.words { left[word] = ~left[word] }
                joinOthers(left)
                // From the last to the first: naming rules from the 65th on takes memory, and takes it once so.
                for word in (0..<plan.slotWords).reversed() where left[word] != 0 {
                    let left = concerned(
                        counting(left[word], word: word, facts), word: word, asked: facts.asked.rawValue,
                        &groups)
                    if word == 0 { rules.add(near(left), word: 0) } else { addFar(left, word: word, &rules) }
                }
            }
        }
        return Judgement(
            asked: facts.asked, shared: groups.shared, withheld: groups.withheld, rules: rules)
    }

    /// A slot is left if any of its alternatives is.
    @inline(__always) private func joinOthers(_ left: UnsafeMutableBufferPointer<UInt64>) {
        for word in (plan.slotCount / 64)..<plan.words {
            var others = left[word]
            if word == plan.slotCount / 64 {
                let slots: UInt64 = (1 << UInt64(plan.slotCount % 64)) - 1
                others &= ~slots
                left[word] &= slots
            }
            while others != 0 {
                let slot = Int(
                    plan.slotsOfOthers[word &* 64 &+ others.trailingZeroBitCount &- plan.slotCount])
                left[slot / 64] |= 1 << UInt64(slot % 64)
                others &= others &- 1
            }
        }
    }

    /// What the rules share and withhold of the groups asked for.
    struct Groups {
        var sharedBits: UInt16 = 0
        var withheldBits: UInt16 = 0

        var shared: FieldGroupSet { FieldGroupSet(rawValue: sharedBits) }
        var withheld: FieldGroupSet { FieldGroupSet(rawValue: withheldBits) }
    }

    /// Of up to 64 rules and missing things that their conditions leave, those that count on the day and whose limits
    /// are exceeded.
    @inline(__always) private func counting(_ slots: UInt64, word: Int, _ facts: FactVector.All) -> UInt64 {
        let mask = plan.masks[word]
        var left = slots
        if left & mask.dated != 0 { left = inForce(left, of: mask.dated, word: word, day: facts.day) }
        if left & mask.limits != 0 {
            left = facts.over.isEmpty ? left & ~mask.limits : over(left, left & mask.limits, word, facts.over)
        }
        return left
    }

    /// Of the rules of a policy's only word, those that say something: rules about field groups do only if one of them
    /// is asked for. Goes through the rules that are left, which are few.
    @inline(__always) private func concerned(
        _ slots: UInt64, asked: UInt16, _ groups: inout Groups
    ) -> UInt64 {
        let mask = plan.masks[0]
        var left = slots
        var rest = left & ~mask.always
        while rest != 0 {
            let bit = rest & (0 &- rest)
            let about = plan.groupsOfSlots[rest.trailingZeroBitCount] & asked
            rest ^= bit
            if about == 0 { left ^= bit }
            groups.sharedBits |= mask.share & bit == 0 ? 0 : about
            groups.withheldBits |= mask.withhold & bit == 0 ? 0 : about
        }
        return left
    }

    /// The same for one word of many. Goes through the groups that are asked for, which are fewer than the rules.
    private func concerned(_ left: UInt64, word: Int, asked: UInt16, _ groups: inout Groups) -> UInt64 {
        let mask = plan.masks[word]
        var about = mask.always
        let shares = left & mask.share
        let keeps = left & mask.withhold
        var rest = asked & ((1 << UInt16(plan.groupCount)) &- 1)
        while rest != 0 {
            let group = rest.trailingZeroBitCount
            rest &= rest &- 1
            let rules = plan.groupMasks[word &* plan.groupCount &+ group]
            about |= rules
            groups.sharedBits |= (shares & rules == 0 ? 0 : 1) << UInt16(group)
            groups.withheldBits |= (keeps & rules == 0 ? 0 : 1) << UInt16(group)
        }
        return left & about
    }

    /// What the rules of the first word do. Whatever is missing there has its place, and that of its rule, in the
    /// first word too.
    @inline(__always) private func near(_ left: UInt64) -> AppliedRules.Near {
        let mask = plan.masks[0]
        var near = done(left, mask)
        var things = left & mask.missing
        if things != 0 {
            near.missing = things >> UInt64(plan.ruleCount)
            while things != 0 {
                near.requiring |= 1 << UInt64(plan.ruleOfThing[things.trailingZeroBitCount &- plan.ruleCount])
                things &= things &- 1
            }
            near.refusing |= near.requiring
        }
        return near
    }

    /// What rules do, things that must be carried left aside.
    @inline(__always) private func done(_ left: UInt64, _ mask: Plan.Masks) -> AppliedRules.Near {
        var done = AppliedRules.Near()
        done.sharing = left & mask.share
        done.withholding = left & mask.withhold
        done.notifying = left & mask.notify
        done.limiting = left & mask.limits
        done.holding = left & (mask.hold | mask.limitHold)
        done.refusing = left & (mask.refuse | mask.limitRefuse)
        return done
    }

    /// Those of some rules that are in force, where some have dates of their own.
    @inline(never) private func inForce(_ left: UInt64, of dated: UInt64, word: Int, day: Int) -> UInt64 {
        var result = left
        var rest = left & dated
        while rest != 0 {
            let slot = word * 64 + rest.trailingZeroBitCount
            if day < plan.firstDay[slot] || day > plan.lastDay[slot] { result &= ~(rest & (0 &- rest)) }
            rest &= rest - 1
        }
        return result
    }

    /// Some rules without the limits that are kept.
    @inline(never) private func over(
        _ left: UInt64, _ limits: UInt64, _ word: Int, _ exceeded: [LimitName]
    ) -> UInt64 {
        var result = left
        var rest = limits
        while rest != 0 {
            let slot = word * 64 + rest.trailingZeroBitCount
            let isOver = plan.limitNames[slot].map { exceeded.contains($0) } ?? false
            if !isOver { result &= ~(rest & (0 &- rest)) }
            rest &= rest - 1
        }
        return result
    }

    /// What the rules of a further word do.
    @inline(never) private func addFar(_ left: UInt64, word: Int, _ rules: inout AppliedRules) {
        let mask = plan.masks[word]
        rules.add(done(left, mask), word: word)
        var things = left & mask.missing
        while things != 0 {
            let thing = word * 64 + things.trailingZeroBitCount - plan.ruleCount
            things &= things - 1
            rules.insert(plan.ruleOfThing[thing], into: .refusing)
            rules.insert(plan.ruleOfThing[thing], into: .requiring)
            rules.insert(thing, into: .missing)
        }
    }
}
