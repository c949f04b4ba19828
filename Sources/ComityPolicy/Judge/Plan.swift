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
        /// Whether it says anything only if one of `groups` is asked for.
        var needsGroups: Bool
        var firstDay: Int
        var lastDay: Int
        var terms: Range<Int>
        /// The alternatives for the question; `nil` if the rule waits for the answer.
        var questionTerms: Range<Int>?
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
    var rules: [CompiledRule] = []

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
        var applied = AppliedRules(policy: policy)
        let no = known.no
        for rule in rules {
            if rule.needsGroups, rule.groups & asked.rawValue == 0 { continue }
            if day < rule.firstDay || day > rule.lastDay { continue }
            var range = rule.terms
            if isQuestion {
                guard let terms = rule.questionTerms else { continue }
                range = terms
            }
            if rule.action == .share {
                guard isTrue(range, known.yes, no) else { continue }
                shared |= rule.groups
                applied.sharing.insert(rule.place)
                continue
            }
            guard isNotFalse(range, known.yes, no) else { continue }
            switch rule.action {
            case .refuse: applied.refusing.insert(rule.place)
            case .hold: applied.holding.insert(rule.place)
            default:
                withheld |= rule.groups
                applied.withholding.insert(rule.place)
            }
        }
        return Judgement(
            asked: asked, shared: FieldGroupSet(rawValue: shared),
            withheld: FieldGroupSet(rawValue: withheld),
            rules: applied)
    }

    @inline(__always) private func isTrue(_ range: Range<Int>, _ yes: Row, _ no: Row) -> Bool {
        for index in range where terms[index].yes.isSubset(of: yes) && terms[index].no.isSubset(of: no) {
            return true
        }
        return false
    }

    @inline(__always) private func isNotFalse(_ range: Range<Int>, _ yes: Row, _ no: Row) -> Bool {
        for index in range
        where terms[index].yes.isDisjoint(with: no) && terms[index].no.isDisjoint(with: yes) {
            return true
        }
        return false
    }
}
