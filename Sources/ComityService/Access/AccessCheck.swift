import ComityDirectory
package import ComityExchange
package import ComityMessages
package import ComityPolicy

/// Judges a supposed look-up exactly as the switch would, by the same rulebook, and records nothing.
package struct AccessCheck: Sendable {
    private let rulebook: Rulebook
    private let tables: CodeTables

    package init(rulebook: Rulebook, tables: CodeTables) {
        self.rulebook = rulebook
        self.tables = tables
    }

    /// One way to ask and what would become of it.
    package struct Trial: Sendable {
        package let way: AskingWay
        package let facts: FactVector
        package let ruling: Ruling
        /// Whether the ruling rests on supposed facts of the record too.
        package let isAnswer: Bool
        /// Of the wanted groups: those that are given whatever the record says, those that it may take away, and
        /// those that it alone can give.
        package let given, unlessRecord, onlyIfRecord: FieldGroupSet
        /// The rules about the record that may take something away.
        package let recordRules: [String]
    }

    /// Tries every way to ask that the question leaves open.
    package func trials(_ question: AccessQuestion) throws(ServiceError) -> [Trial] {
        guard tables.states.contains(question.owner) else {
            throw ServiceError(
                "owner-unknown", "`\(question.owner)` is no owner of driver and vehicle records",
                next: "give the two-character code of a state or DC")
        }
        let trials = ways(question) {
            !rulebook.taxonomy.groupsAsked(by: $0).isDisjoint(with: question.groups)
        }.map { trial(question, $0) }
        guard !trials.isEmpty else {
            throw ServiceError(
                "no-such-request",
                "no request\(question.request.map { " of kind `\($0.rawValue)`" } ?? "") asks for "
                    + question.groups.words,
                next: "leave out --request, or ask for another group")
        }
        return trials
    }

    /// Whatever the agency gets at once by every way to ask that the question leaves open, wanted or not.
    func everything(_ question: AccessQuestion) -> [Trial] { ways(question).map { trial(question, $0) } }

    private func ways(_ question: AccessQuestion, where fits: (Request) -> Bool = { _ in true })
        -> [AskingWay]
    {
        tables.waysToAsk.filter { way in
            let request = way.request
            return (question.request ?? request.kind) == request.kind
                && (question.breadth ?? request.breadth) == request.breadth
                && (!question.photo || request.photoAsked) && fits(request)
        }
    }

    private func trial(_ question: AccessQuestion, _ way: AskingWay) -> Trial {
        let message = Message(
            key: way.key, origin: question.agency, destinations: [.member(question.owner)],
            elements: question.stated)
        let facts = rulebook.resolver.resolve(
            message, request: way.request, owner: question.owner, path: question.path, at: question.at)
        let asked = rulebook.judgeQuestion(facts)
        if !question.record.isEmpty {
            let known = facts.adding(record: question.record, taxonomy: rulebook.taxonomy)
            let ruling = asked.answered(by: rulebook.judgeAnswer(known))
            return Trial(
                way: way, facts: known, ruling: ruling, isAnswer: true,
                given: ruling.judgement.open.intersection(question.groups), unlessRecord: [],
                onlyIfRecord: [], recordRules: [])
        }
        let open = asked.judgement.open.intersection(question.groups)
        let range = open.isEmpty ? nil : recordRange(facts, asked)
        let always = range.map { open.intersection($0.always) } ?? open
        let shared = range.map { open.intersection($0.sharedAlways) } ?? open
        return Trial(
            way: way, facts: facts, ruling: asked, isAnswer: false, given: always,
            unlessRecord: shared.subtracting(always), onlyIfRecord: open.subtracting(shared),
            recordRules: range?.rules ?? [])
    }

    /// What the record can still change, over every combination of values of its facts.
    private struct RecordRange {
        /// Let through whatever the record says.
        var always: FieldGroupSet
        /// Shared by some rule whatever the record says: only a restrictive rule can take it away.
        var sharedAlways: FieldGroupSet
        /// The restrictive rules that come into play.
        var rules: [String]
    }

    /// More combinations than this are not tried: then nothing is certain.
    private static let combinationsMost = 10_000

    private func recordRange(_ facts: FactVector, _ asked: Ruling) -> RecordRange {
        let positions = rulebook.taxonomy.facts.enumerated().filter { $0.element.source == .record }
        let count = positions.reduce(1) { $0 * max(1, $1.element.values.count) }
        guard count <= Self.combinationsMost else {
            return RecordRange(always: [], sharedAlways: [], rules: [])
        }
        var range = RecordRange(always: .all, sharedAlways: .all, rules: [])
        for number in 0..<count {
            var rest = number
            var known = facts
            for (_, fact) in positions {
                known = known.setting(
                    fact.name, to: FactValue(index: rest % fact.values.count), taxonomy: rulebook.taxonomy)
                rest /= fact.values.count
            }
            let answer = rulebook.judgeAnswer(known)
            range.always.formIntersection(asked.judgement.meet(answer.judgement).open)
            range.sharedAlways.formIntersection(answer.shared)
            for rule in answer.restricting where !asked.restricting.contains(rule) {
                if !range.rules.contains(rule) { range.rules.append(rule) }
            }
        }
        return range
    }
}

extension Judgement {
    /// The groups that go out at once.
    var open: FieldGroupSet { gate == .open ? groups : [] }
}

extension Ruling {
    /// The groups that every layer shares, before anything is taken away.
    fileprivate var shared: FieldGroupSet {
        layers.reduce(.all) { all, policy in
            let part = judgement.rules.first { $0.policy == policy.mark }
            return all.intersection(
                (part?.sharing.places ?? []).reduce(into: FieldGroupSet()) { groups, place in
                    if case .share(let shared) = policy.rules[place].effect { groups.formUnion(shared) }
                })
        }
    }

    /// The ids of the rules that refuse, hold or withhold.
    fileprivate var restricting: [String] {
        layers.flatMap { policy -> [String] in
            guard let part = judgement.rules.first(where: { $0.policy == policy.mark }) else { return [] }
            return part.refusing.union(part.holding).union(part.withholding).places.map {
                policy.rules[$0].id
            }
        }
    }
}
