import ComityMessages

extension Plan {
    /// What the rules say to one requester.
    @inline(__always) func judge(
        _ facts: FactVector, _ requester: Requester, day: Int, policy: PolicyMark
    ) -> Judgement {
        if words == 1, slotWords == 1 {
            // One word of alternatives, one of rules: nearly every policy, and no memory is taken.
            return rows.withUnsafeBufferPointer { rows in
                var out = OneWord(rows: rows.baseAddress!)
                rule(out: &out, facts)
                rule(out: &out, requester, owner: facts.ownerNumber)
                let left = slots(ofLeft: ~out.bits & (count == 64 ? .max : (1 << UInt64(count)) - 1))
                var tally = Tally()
                apply(left, word: 0, facts, day: day, &tally)
                return judgement(tally, facts, policy)
            }
        }
        if words == 0 { return judgement(Tally(), facts, policy) }
        return judgeMany(facts, requester, day: day, policy: policy)
    }

    /// The rules of the alternatives that are left, where all fit in one word.
    @inline(__always) private func slots(ofLeft alternatives: UInt64) -> UInt64 {
        if isOneToOne { return alternatives }
        return slotOf.withUnsafeBufferPointer { slotOf in
            var left = alternatives
            var result: UInt64 = 0
            while left != 0 {
                result |= 1 << UInt64(slotOf[left.trailingZeroBitCount])
                left &= left &- 1
            }
            return result
        }
    }

    @inline(never) private func judgeMany(
        _ facts: FactVector, _ requester: Requester, day: Int, policy: PolicyMark
    ) -> Judgement {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words + slotWords) { bits in
            bits.initialize(repeating: 0)
            let slots = bits.baseAddress! + words
            rows.withUnsafeBufferPointer { rows in
                var out = ManyWords(rows: rows.baseAddress!, bits: bits.baseAddress!, words: words)
                rule(out: &out, facts)
                rule(out: &out, requester, owner: facts.ownerNumber)
            }
            // The bits above the last alternative are not set.
            if count & 63 != 0 { bits[words - 1] |= ~((1 << UInt64(count & 63)) - 1) }
            slotOf.withUnsafeBufferPointer { slotOf in
                for word in 0..<words {
                    var left = ~bits[word]
                    while left != 0 {
                        let slot = slotOf[word &* 64 &+ left.trailingZeroBitCount]
                        slots[Int(slot >> 6)] |= 1 << UInt64(slot & 63)
                        left &= left &- 1
                    }
                }
            }
            var tally = Tally()
            for word in 0..<slotWords where slots[word] != 0 {
                apply(slots[word], word: word, facts, day: day, &tally)
            }
            return judgement(tally, facts, policy)
        }
    }

    /// What the rules come to.
    struct Tally {
        var shared: UInt16 = 0
        var withheld: UInt16 = 0
        var near = AppliedRules.Near()
        /// As in `AppliedRules`.
        var far: [UInt64] = []
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

    /// Applies up to 64 rules and missing things at once: what they do is masks too.
    @inline(__always) private func apply(
        _ left: UInt64, word: Int, _ facts: FactVector, day: Int, _ tally: inout Tally
    ) {
        masks.withUnsafeBufferPointer { masks in
            let mask = masks[word]
            // Rules about field groups say something only if one of them is asked for.
            var concerned = mask.always
            var shares: UInt16 = 0
            var keeps: UInt16 = 0
            var asked = facts.asked.rawValue
            groupMasks.withUnsafeBufferPointer { groups in
                while asked != 0 {
                    let group = asked.trailingZeroBitCount
                    asked &= asked &- 1
                    guard group < Self.groups else { continue }
                    concerned |= groups[word &* Self.groups &+ group]
                }
            }
            var left = left & concerned
            if left & mask.dated != 0 { left = inForce(left, of: mask.dated, word: word, day: day) }
            let limits = left & (mask.limitRefuse | mask.limitHold)
            if limits != 0 { left = facts.over.isEmpty ? left & ~limits : over(left, limits, word, facts) }
            var sharing = left & (mask.share | mask.withhold)
            groupsOf.withUnsafeBufferPointer { groupsOf in
                while sharing != 0 {
                    let bit = sharing & (0 &- sharing)
                    let groups = groupsOf[word &* 64 &+ sharing.trailingZeroBitCount]
                    if bit & mask.share != 0 { shares |= groups } else { keeps |= groups }
                    sharing &= sharing &- 1
                }
            }
            tally.shared |= shares
            tally.withheld |= keeps
            if word == 0 {
                tally.near.sharing = left & mask.share
                tally.near.withholding = left & mask.withhold
                tally.near.notifying = left & mask.notify
                tally.near.holding |= left & (mask.hold | mask.limitHold)
                tally.near.limiting = left & (mask.limitRefuse | mask.limitHold)
                tally.near.refusing |= left & (mask.refuse | mask.limitRefuse)
            } else if left & ~mask.missing != 0 {
                addFar(left, mask, word: word, &tally)
            }
            if left & mask.missing != 0 { addMissing(left & mask.missing, word: word, &tally) }
        }
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
        _ left: UInt64, _ limits: UInt64, _ word: Int, _ facts: FactVector
    ) -> UInt64 {
        var result = left
        var rest = limits
        while rest != 0 {
            let slot = word * 64 + rest.trailingZeroBitCount
            let isOver = limitNames[slot].map { facts.over.contains($0) } ?? false
            if !isOver { result &= ~(rest & (0 &- rest)) }
            rest &= rest - 1
        }
        return result
    }

    /// Names rules from the 65th on; that takes memory, one array for each judgement.
    @inline(never) private func addFar(_ left: UInt64, _ mask: Masks, word: Int, _ tally: inout Tally) {
        makeFar(&tally)
        let start = (word - 1) * AppliedRules.Part.allCases.count
        tally.far.withUnsafeMutableBufferPointer { far in
            far[start + AppliedRules.Part.sharing.rawValue] |= left & mask.share
            far[start + AppliedRules.Part.withholding.rawValue] |= left & mask.withhold
            far[start + AppliedRules.Part.notifying.rawValue] |= left & mask.notify
            far[start + AppliedRules.Part.holding.rawValue] |= left & (mask.hold | mask.limitHold)
            far[start + AppliedRules.Part.limiting.rawValue] |= left & (mask.limitRefuse | mask.limitHold)
            far[start + AppliedRules.Part.refusing.rawValue] |= left & (mask.refuse | mask.limitRefuse)
        }
    }

    private func makeFar(_ tally: inout Tally) {
        if tally.far.isEmpty {
            tally.far = Array(repeating: 0, count: farWords * AppliedRules.Part.allCases.count)
        }
    }

    /// Names what is missing, and the rules that want it.
    @inline(never) private func addMissing(_ missing: UInt64, word: Int, _ tally: inout Tally) {
        var rest = missing
        while rest != 0 {
            let thing = word * 64 + rest.trailingZeroBitCount - ruleCount
            rest &= rest - 1
            let rule = ruleOfThing[thing]
            for (place, part) in [(rule, AppliedRules.Part.refusing), (rule, .requiring), (thing, .missing)] {
                if place < 64 {
                    tally.near[part] |= 1 << UInt64(place)
                } else {
                    makeFar(&tally)
                    let index = (place / 64 - 1) * AppliedRules.Part.allCases.count + part.rawValue
                    tally.far[index] |= 1 << UInt64(place % 64)
                }
            }
        }
    }
}
