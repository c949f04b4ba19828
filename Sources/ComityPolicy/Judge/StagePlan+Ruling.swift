import ComityDirectory
import ComityMessages

/// Where rows are joined: one word, or many.
protocol RuledOut {
    /// Adds the row that begins at a place.
    mutating func add(_ row: Int)
}

/// Up to 64 alternatives.
struct OneWord: RuledOut {
    let rows: UnsafePointer<UInt64>
    var bits: UInt64

    @inline(__always) init(rows: UnsafePointer<UInt64>) {
        self.rows = rows
        bits = rows[0]
    }

    @inline(__always) mutating func add(_ row: Int) { bits |= rows[row] }
}

/// More than 64.
struct ManyWords: RuledOut {
    let rows: UnsafePointer<UInt64>
    let bits: UnsafeMutablePointer<UInt64>
    let words: Int

    init(rows: UnsafePointer<UInt64>, bits: UnsafeMutablePointer<UInt64>, words: Int) {
        self.rows = rows
        self.bits = bits
        self.words = words
        bits.initialize(from: rows, count: words)
    }

    @inline(__always) mutating func add(_ row: Int) {
        let from = rows + row
        for word in 0..<words { bits[word] |= from[word] }
    }
}

extension StagePlan {
    /// Rules out what the facts of the look-up rule out, whoever asks.
    @inline(__always) func rule(out: inout some RuledOut, _ all: FactVector.All) {
        all.front.read { front in
            for fact in plan.facts {
                let position = Int(fact.position)
                let value = Int(
                    position < FrontValues.count
                        ? front[position] : position < all.values.count ? all.values[position].rawValue : 0)
                // A state that the taxonomy does not know counts as unknown.
                out.add(Int(fact.start) &+ (value < Int(fact.count) ? value : 0) &* plan.words)
            }
        }
    }

    /// Rules out what is known of who asks.
    @inline(__always) func rule(
        out: inout some RuledOut, _ requester: Requester.Known, owner ownerNumber: UInt16
    ) {
        guard let unknownAgency = plan.unknownAgency else { return }
        guard requester.isKnown else {
            out.add(unknownAgency)
            return
        }
        if let kinds = plan.kinds {
            if let kind = requester.kindCode, kind < plan.kindCount {
                out.add(kinds &+ Int(kind) &* plan.words)
            } else {
                out.add(plan.unknownKind)
            }
        }
        if let unknownState = plan.unknownState {
            if let state = requester.stateNumber {
                out.add(row(ofState: state))
                if let own = plan.own { out.add(state == ownerNumber ? own.yes : own.no) }
            } else {
                out.add(unknownState)
            }
        }
        if !plan.ids.isEmpty { ruleIDs(out: &out, requester.idBytes) }
        if !plan.families.isEmpty { ruleFamilies(out: &out, requester) }
        if !plan.countries.isEmpty {
            if let country = requester.country {
                let number = requester.countryNumber
                out.add(
                    plan.countries.first { $0.number == number && $0.country == country }?.row
                        ?? plan.otherCountry)
            } else {
                out.add(plan.unknownCountry)
            }
        }
        if !plan.certifications.isEmpty { ruleCertifications(out: &out, requester) }
    }

    @inline(__always) private func row(ofState number: UInt16) -> Int {
        var (low, high) = (0, plan.states.count)
        while low < high {
            let middle = (low &+ high) / 2
            if plan.states[middle].number < number { low = middle &+ 1 } else { high = middle }
        }
        return low < plan.states.count && plan.states[low].number == number
            ? Int(plan.states[low].row) : plan.otherState
    }

    @inline(__always) private func ruleIDs(out: inout some RuledOut, _ id: IDBytes) {
        func fits(_ test: Plan.IDRows) -> Bool {
            id.front & test.mask.front == test.wanted.front && id.last & test.mask.last == test.wanted.last
        }
        guard plan.ids.contains(where: fits) else {
            out.add(plan.noID)
            return
        }
        for test in plan.ids { out.add(fits(test) ? test.fits : test.fitsNot) }
    }

    @inline(__always) private func ruleFamilies(out: inout some RuledOut, _ requester: Requester.Known) {
        if requester.isApart {
            out.add(plan.noFamily)
            return
        }
        let knowsOwn = requester.knowsOwn
        for test in plan.families {
            let state: Plan.FamilyState
            let filter = test.mark.filter
            if requester.ownFilter & filter != 0, Self.holds(requester.ownLine, test.mark) {
                state = .own
            } else if requester.tiedFilter & filter != 0, Self.holds(requester.tiedLine, test.mark) {
                state = knowsOwn ? .tied : .tiedOwnUnknown
            } else if knowsOwn {
                state = requester.knowsTies ? .none : .noneOwnTiesUnknown
            } else {
                state = .unknown
            }
            out.add(test.start + state.rawValue * plan.words)
        }
    }

    @inline(never) private static func holds(_ line: [FamilyMark], _ mark: FamilyMark) -> Bool {
        for one in line where one.number == mark.number && one.path == mark.path { return true }
        return false
    }

    @inline(__always) private func ruleCertifications(out: inout some RuledOut, _ requester: Requester.Known)
    {
        guard let signed = requester.certifications else {
            out.add(plan.unknownCertified)
            return
        }
        guard !signed.isEmpty else {
            out.add(plan.neverCertified)
            return
        }
        for text in plan.certifications {
            let standing = CertificationState.standing(of: text.name, version: text.version, in: signed)
            out.add(text.start + standing.rank * plan.words)
        }
    }
}
