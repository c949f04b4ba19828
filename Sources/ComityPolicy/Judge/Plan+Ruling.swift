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

extension Plan {
    /// Rules out what the facts of the look-up rule out, whoever asks.
    @inline(__always) func rule(out: inout some RuledOut, _ all: FactVector.All) {
        for fact in facts {
            let position = Int(fact.position)
            let value = position < all.values.count ? Int(all.values[position].rawValue) : 0
            // A state that the taxonomy does not know counts as unknown.
            out.add(Int(fact.start) &+ (value < Int(fact.count) ? value : 0) &* words)
        }
    }

    /// Rules out what is known of who asks.
    @inline(__always) func rule(
        out: inout some RuledOut, _ requester: Requester.Known, owner ownerNumber: UInt16
    ) {
        guard let unknownAgency else { return }
        guard requester.isKnown else {
            out.add(unknownAgency)
            return
        }
        if let kinds {
            if let kind = requester.kindCode, kind < kindCount {
                out.add(kinds &+ Int(kind) &* words)
            } else {
                out.add(unknownKind)
            }
        }
        if let unknownState {
            if let state = requester.stateNumber {
                out.add(row(ofState: state))
                if let own { out.add(state == ownerNumber ? own.yes : own.no) }
            } else {
                out.add(unknownState)
            }
        }
        if !ids.isEmpty { ruleIDs(out: &out, requester.idBytes) }
        if !families.isEmpty { ruleFamilies(out: &out, requester) }
        if !countries.isEmpty {
            if let country = requester.country {
                out.add(countries.first { $0.country == country }?.row ?? otherCountry)
            } else {
                out.add(unknownCountry)
            }
        }
        if !certifications.isEmpty { ruleCertifications(out: &out, requester) }
    }

    @inline(__always) private func row(ofState number: UInt16) -> Int {
        var (low, high) = (0, states.count)
        while low < high {
            let middle = (low &+ high) / 2
            if states[middle].number < number { low = middle &+ 1 } else { high = middle }
        }
        return low < states.count && states[low].number == number ? Int(states[low].row) : otherState
    }

    @inline(__always) private func ruleIDs(out: inout some RuledOut, _ id: IDBytes) {
        func fits(_ test: IDRows) -> Bool {
            id.front & test.mask.front == test.wanted.front && id.last & test.mask.last == test.wanted.last
        }
        guard ids.contains(where: fits) else {
            out.add(noID)
            return
        }
        for test in ids { out.add(fits(test) ? test.fits : test.fitsNot) }
    }

    @inline(__always) private func ruleFamilies(out: inout some RuledOut, _ requester: Requester.Known) {
        if requester.isApart {
            out.add(noFamily)
            return
        }
        let knowsOwn = requester.knowsOwn
        for test in families {
            let state: FamilyState
            if Self.holds(requester.ownLine, test.mark) {
                state = .own
            } else if Self.holds(requester.tiedLine, test.mark) {
                state = knowsOwn ? .tied : .tiedOwnUnknown
            } else if knowsOwn {
                state = requester.knowsTies ? .none : .noneOwnTiesUnknown
            } else {
                state = .unknown
            }
            out.add(test.start + state.rawValue * words)
        }
    }

    @inline(__always) private static func holds(_ line: [FamilyMark], _ mark: FamilyMark) -> Bool {
        for one in line where one.number == mark.number && one.path == mark.path { return true }
        return false
    }

    @inline(__always) private func ruleCertifications(out: inout some RuledOut, _ requester: Requester.Known)
    {
        guard let signed = requester.certifications else {
            out.add(unknownCertified)
            return
        }
        guard !signed.isEmpty else {
            out.add(neverCertified)
            return
        }
        for text in certifications {
            let standing = CertificationState.standing(of: text.name, version: text.version, in: signed)
            out.add(text.start + standing.rank * words)
        }
    }
}
