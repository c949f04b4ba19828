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
}
