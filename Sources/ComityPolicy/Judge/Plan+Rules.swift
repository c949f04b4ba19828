import ComityMessages

extension Plan {
    /// What the rules say to one requester.
    @inline(__always) func judge(
        _ facts: FactVector.All, _ requester: Requester.Known, policy: PolicyMark
    ) -> Judgement {
        words == 1
            ? judgeOneWord(facts, requester, policy: policy)
            : judgeMany(facts, requester, policy: policy)
    }

    /// Up to 64 alternatives: nearly every policy, and no memory is taken.
    @inline(__always) private func judgeOneWord(
        _ facts: FactVector.All, _ requester: Requester.Known, policy: PolicyMark
    ) -> Judgement {
        rows.withUnsafeBufferPointer { rows in
            var out = OneWord(rows: rows.baseAddress!)
            rule(out: &out, facts)
            rule(out: &out, requester, owner: facts.ownerNumber)
            var left = ~out.bits
            if slotCount < 64 {
                var others = left >> UInt64(slotCount)
                left &= (1 << UInt64(slotCount)) - 1
                while others != 0 {
                    left |= 1 << UInt64(slotsOfOthers[others.trailingZeroBitCount])
                    others &= others &- 1
                }
            }
            var groups = Groups()
            left = concerned(left, word: 0, facts, &groups)
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
        if words > 0 {
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) { left in
                rows.withUnsafeBufferPointer { rows in
                    var out = ManyWords(rows: rows.baseAddress!, bits: left.baseAddress!, words: words)
                    rule(out: &out, facts)
                    rule(out: &out, requester, owner: facts.ownerNumber)
                }
                for word in 0..<words { left[word] = ~left[word] }
                joinOthers(left)
                // From the last to the first: naming rules from the 65th on takes memory, and takes it once so.
                for word in (0..<slotWords).reversed() where left[word] != 0 {
                    let left = concerned(left[word], word: word, facts, &groups)
                    if word == 0 { rules.add(near(left), word: 0) } else { addFar(left, word: word, &rules) }
                }
            }
        }
        return Judgement(
            asked: facts.asked, shared: groups.shared, withheld: groups.withheld, rules: rules)
    }

    /// A slot is left if any of its alternatives is.
    @inline(__always) private func joinOthers(_ left: UnsafeMutableBufferPointer<UInt64>) {
        for word in (slotCount / 64)..<words {
            var others = left[word]
            if word == slotCount / 64 {
                let slots: UInt64 = (1 << UInt64(slotCount % 64)) - 1
                others &= ~slots
                left[word] &= slots
            }
            while others != 0 {
                let slot = Int(slotsOfOthers[word &* 64 &+ others.trailingZeroBitCount &- slotCount])
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

    /// Of up to 64 rules and missing things that their conditions leave, those that say something about a look-up.
    @inline(__always) private func concerned(
        _ slots: UInt64, word: Int, _ facts: FactVector.All, _ groups: inout Groups
    ) -> UInt64 {
        let mask = masks[word]
        var left = slots
        if left & mask.dated != 0 { left = inForce(left, of: mask.dated, word: word, day: facts.day) }
        if left & mask.limits != 0 {
            left = facts.over.isEmpty ? left & ~mask.limits : over(left, left & mask.limits, word, facts.over)
        }
        // Rules about field groups say something only if one of them is asked for.
        var about = mask.always
        let shares = left & mask.share
        let keeps = left & mask.withhold
        var asked = facts.asked.rawValue & ((1 << UInt16(groupCount)) &- 1)
        while asked != 0 {
            let group = asked.trailingZeroBitCount
            asked &= asked &- 1
            let rules = groupMasks[word &* groupCount &+ group]
            about |= rules
            groups.sharedBits |= (shares & rules == 0 ? 0 : 1) << UInt16(group)
            groups.withheldBits |= (keeps & rules == 0 ? 0 : 1) << UInt16(group)
        }
        return left & about
    }

    /// What the rules of the first word do. Whatever is missing there has its place, and that of its rule, in the
    /// first word too.
    @inline(__always) private func near(_ left: UInt64) -> AppliedRules.Near {
        let mask = masks[0]
        var near = done(left, mask)
        var things = left & mask.missing
        if things != 0 {
            near.missing = things >> UInt64(ruleCount)
            while things != 0 {
                near.requiring |= 1 << UInt64(ruleOfThing[things.trailingZeroBitCount &- ruleCount])
                things &= things &- 1
            }
            near.refusing |= near.requiring
        }
        return near
    }

    /// What rules do, things that must be carried left aside.
    @inline(__always) private func done(_ left: UInt64, _ mask: Masks) -> AppliedRules.Near {
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
            if day < firstDay[slot] || day > lastDay[slot] { result &= ~(rest & (0 &- rest)) }
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
            let isOver = limitNames[slot].map { exceeded.contains($0) } ?? false
            if !isOver { result &= ~(rest & (0 &- rest)) }
            rest &= rest - 1
        }
        return result
    }

    /// What the rules of a further word do.
    @inline(never) private func addFar(_ left: UInt64, word: Int, _ rules: inout AppliedRules) {
        let mask = masks[word]
        rules.add(done(left, mask), word: word)
        var things = left & mask.missing
        while things != 0 {
            let thing = word * 64 + things.trailingZeroBitCount - ruleCount
            things &= things - 1
            rules.insert(ruleOfThing[thing], into: .refusing)
            rules.insert(ruleOfThing[thing], into: .requiring)
            rules.insert(thing, into: .missing)
        }
    }
}
