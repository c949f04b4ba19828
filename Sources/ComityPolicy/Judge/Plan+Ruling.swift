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
    var bits: UInt64 = 0

    @inline(__always) mutating func add(_ row: Int) { bits |= rows[row] }
}

/// More than 64.
struct ManyWords: RuledOut {
    let rows: UnsafePointer<UInt64>
    let bits: UnsafeMutablePointer<UInt64>
    let words: Int

    @inline(__always) mutating func add(_ row: Int) {
        let from = rows + row
        for word in 0..<words { bits[word] |= from[word] }
    }
}

extension Plan {
    /// Rules out what the facts of the look-up rule out, whoever asks.
    @inline(__always) func rule(out: inout some RuledOut, _ vector: FactVector) {
        for fact in facts {
            let value = fact.position < vector.values.count ? Int(vector.values[fact.position].rawValue) : 0
            // A state that the taxonomy does not know counts as unknown.
            out.add(fact.start + (value < fact.count ? value : 0) * words)
        }
    }

    /// Rules out what is known of who asks.
    @inline(__always) func rule(
        out: inout some RuledOut, _ requester: Requester, owner ownerNumber: UInt16
    ) {
        guard let unknownAgency else { return }
        guard requester.isKnown else {
            out.add(unknownAgency)
            return
        }
        if !kinds.isEmpty {
            if let kind = requester.kindCode, Int(kind) < kinds.count {
                out.add(kinds[Int(kind)])
            } else {
                out.add(unknownKind)
            }
        }
        if !stateRow.isEmpty {
            if let state = requester.stateNumber, Int(state) < stateRow.count {
                out.add(Int(stateRow[Int(state)]))
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

    @inline(__always) private func ruleFamilies(out: inout some RuledOut, _ requester: Requester) {
        let knowsOwn = requester.family != nil
        let knowsTies = requester.affiliations != nil
        // Nearly every agency stands outside the tree and is tied to nobody.
        if knowsOwn, knowsTies, requester.ownLine.isEmpty, requester.tiedLine.isEmpty {
            out.add(noFamily)
            return
        }
        for test in families {
            let state: FamilyState
            if Self.holds(requester.ownLine, test.mark) {
                state = .own
            } else if Self.holds(requester.tiedLine, test.mark) {
                state = knowsOwn ? .tied : .tiedOwnUnknown
            } else if knowsOwn {
                state = knowsTies ? .none : .noneOwnTiesUnknown
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

    @inline(__always) private func ruleCertifications(out: inout some RuledOut, _ requester: Requester) {
        guard let signed = requester.certifications else {
            out.add(unknownCertified)
            return
        }
        guard !signed.isEmpty else {
            out.add(neverCertified)
            return
        }
        for text in certifications {
            let standing = requester.standing(of: text.name, version: text.version) ?? .never
            out.add(text.start + standing.rank * words)
        }
    }
}
