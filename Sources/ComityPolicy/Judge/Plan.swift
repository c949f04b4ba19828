import ComityDirectory
import ComityMessages

/// A policy as tables and masks. Judging looks up which tests are true and which are false, then scans.
struct Plan<Row: BitRow>: Sendable {
    /// An enumerated fact that the policy tests: its rows in `table`, one for each state.
    struct FactTable: Sendable {
        var position: Int
        var start: Int
        var count: Int
    }

    struct FamilyTest: Sendable {
        var mark: FamilyMark
        /// The tests that count the own family only, and those that count ties too.
        var own = Row()
        var either = Row()
    }

    struct IDTest: Sendable {
        var mask: IDBytes
        var wanted: IDBytes
        var row: Row
    }

    struct Term: Sendable {
        var yes = Row()
        var no = Row()
    }

    struct CompiledRule: Sendable {
        var place: Int
        var action: Action
        var groups: UInt16
        /// It says something only if one of these is asked for; zero: always.
        var neededGroups: UInt16
        var firstDay: Int
        var lastDay: Int
        /// Its alternatives, in `terms`.
        var start: Int
        var end: Int
    }

    enum Action: UInt8 { case share, refuse, withhold, hold }

    var facts: [FactTable] = []
    var table: [Known<Row>] = []
    var kinds: [Known<Row>] = []
    var stateRow: [UInt16] = []
    var states: [Known<Row>] = []
    var owner = Row()
    var families: [FamilyTest] = []
    var allOwn = Row()
    var allEither = Row()
    var ids: [IDTest] = []
    var allIDs = Row()
    var terms: [Term] = []
    /// The rules for the answer: all of them.
    var rules: [CompiledRule] = []
    /// The rules for the question; those missing wait for the answer.
    var questionRules: [CompiledRule] = []

    // MARK: Judging

    /// What the facts say, whoever asks.
    @inline(__always) func known(_ vector: FactVector) -> Known<Row> {
        var result = Known<Row>()
        for fact in facts {
            let value = fact.position < vector.values.count ? Int(vector.values[fact.position].rawValue) : 0
            if value < fact.count { result.formUnion(table[fact.start + value]) }
        }
        return result
    }

    /// What the directory says of who asks.
    @inline(__always) func add(_ requester: Requester, owner ownerNumber: UInt16, to result: inout Known<Row>)
    {
        guard requester.isKnown else { return }
        if let kind = requester.kindCode, Int(kind) < kinds.count { result.formUnion(kinds[Int(kind)]) }
        if let state = requester.stateNumber, Int(state) < stateRow.count {
            result.formUnion(states[Int(stateRow[Int(state)])])
            result.known.formUnion(owner)
            if state == ownerNumber { result.yes.formUnion(owner) }
        }
        if !ids.isEmpty {
            result.known.formUnion(allIDs)
            let id = requester.idBytes
            for test in ids
            where id.front & test.mask.front == test.wanted.front
                && id.last & test.mask.last == test.wanted.last
            {
                result.yes.formUnion(test.row)
            }
        }
        guard !families.isEmpty else { return }
        if requester.family != nil {
            result.known.formUnion(allOwn)
            if requester.affiliations != nil { result.known.formUnion(allEither) }
        }
        for test in families {
            for mark in requester.ownLine where mark.number == test.mark.number && mark.path == test.mark.path
            {
                result.yes.formUnion(test.own)
                result.yes.formUnion(test.either)
                result.known.formUnion(test.either)
            }
            for mark in requester.tiedLine
            where mark.number == test.mark.number && mark.path == test.mark.path {
                result.yes.formUnion(test.either)
                result.known.formUnion(test.either)
            }
        }
    }

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
