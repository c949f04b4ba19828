import ComityDirectory
import ComityMessages

/// What a policy and a promise can tell apart: for each fact one value of each kind that is treated alike.
///
/// A judgement depends on a fact only by the tests that the policy makes of it, so values that all tests answer alike
/// need not be tried one by one. Two that ask together get no more than either alone, so who asks on behalf of
/// whom is looked at group by group and not pair by pair.
struct PromiseTrial {
    let promise: Promise
    let policy: CompiledPolicy
    /// The facts that are tried, with the values of each.
    let facts: [(position: Int, values: [FactValue])]
    let requesters: [Requester]
    let requests: [Request]
    let days: [Day]
    /// Whether these are all requesters that can be told apart.
    let isComplete: Bool
    private let behalf: Int?
    private let base: [FactValue]

    init(_ promise: Promise, _ policy: CompiledPolicy, directory: Directory) {
        self.promise = promise
        self.policy = policy
        let taxonomy = policy.taxonomy
        behalf = taxonomy.position(ofFact: "on-behalf")
        base = taxonomy.facts.map(\.ifNotStated)
        let tests = Self.tests(promise, policy.policy)
        facts = taxonomy.facts.enumerated().compactMap { position, fact in
            let mine = tests.filter { $0.factPosition == position }
            // The kind of request comes with the request, asking on behalf with whom it is for.
            if mine.isEmpty || fact.name == "request" || fact.name == "on-behalf" { return nil }
            return (position, Self.values(of: fact, tests: mine))
        }
        requests = Self.requests(taxonomy)
        days = Self.days(policy.policy)
        (requesters, isComplete) = PromiseAskers.of(
            tests, promise: promise, policy: policy.policy, taxonomy: taxonomy, directory: directory)
    }

    /// Combinations of facts, requests and days, each tried with every requester; no more than a maximum.
    func combinations(upTo most: Int) -> Int {
        var count = requests.count * days.count * 2
        for fact in facts {
            count *= fact.values.count
            if count > most { return most + 1 }
        }
        return count
    }

    /// Tries one combination.
    func broken(by number: Int) -> PromiseWitness? {
        var rest = number
        func pick<T>(_ list: [T]) -> T {
            defer { rest /= list.count }
            return list[rest % list.count]
        }
        let isBehalf = pick([false, true])
        let request = pick(requests)
        let day = pick(days)
        var values = base
        let taxonomy = policy.taxonomy
        for fact in facts { values[fact.position] = pick(fact.values) }
        if let position = taxonomy.position(ofFact: "request") {
            values[position] = taxonomy.facts[position].value(request.kind.rawValue) ?? .unknown
        }
        if let behalf {
            values[behalf] = taxonomy.facts[behalf].value(isBehalf ? "given" : "missing") ?? .unknown
        }
        return broken(values, request, day: day, isBehalf: isBehalf)
    }

    private func broken(
        _ values: [FactValue], _ request: Request, day: Day, isBehalf: Bool
    ) -> PromiseWitness? {
        if isBehalf, !promise.byAnyRoute { return nil }
        let asked = policy.taxonomy.groupsAsked(by: request)
        var released: [(requester: Requester, groups: FieldGroupSet, isHeld: Bool, isMeant: Bool)] = []
        for requester in requesters {
            let facts = FactVector(
                owner: owner, requester: requester, onBehalf: .nobody, values: values, asked: asked,
                at: day.start)
            let judgement = policy.judgeQuestion(facts).meet(policy.judgeAnswer(facts))
            if judgement.gate == .refused || (judgement.gate == .held && !promise.byAnyRoute) { continue }
            released.append((requester, judgement.groups, judgement.gate == .held, isMeant(facts, requester)))
        }
        for one in released where one.isMeant {
            if !isBehalf {
                guard let given = given(by: one.groups) else { continue }
                return witness(
                    values, request, asked, day, one.requester, .nobody, one.groups, one.isHeld, given)
            }
            for other in released {
                let both = one.groups.intersection(other.groups)
                guard let given = given(by: both) else { continue }
                return witness(
                    values, request, asked, day, other.requester, .agency(one.requester), both,
                    one.isHeld || other.isHeld, given)
            }
        }
        return nil
    }

    private var owner: MemberCode {
        policy.policy.isNetwork ? Agency.inventedPrefix : policy.policy.owner
    }

    /// What of the promised groups is given away; `nil` for nothing.
    private func given(by groups: FieldGroupSet) -> FieldGroupSet? {
        let known = promise.byAnyRoute ? policy.taxonomy.derivable(from: groups) : groups
        let given = promise.groups.intersection(known)
        return given.isEmpty ? nil : given
    }

    /// Whether the promise is about this look-up: it is who is meant, and the exception is not known to hold.
    private func isMeant(_ facts: FactVector, _ requester: Requester) -> Bool {
        let view = Interpreter.View(
            facts: facts, requester: requester, taxonomy: policy.taxonomy, stage: .answer)
        let reach: FamilyReach = promise.byAnyRoute ? .ownOrTied : .own
        guard view.value(of: promise.who, reach: reach, hopeful: false) == .yes else { return false }
        guard let unless = promise.unless else { return true }
        return view.value(of: unless, reach: .own, hopeful: false) != .yes
    }

    private func witness(
        _ values: [FactValue], _ request: Request, _ asked: FieldGroupSet, _ day: Day, _ requester: Requester,
        _ behalf: FactVector.OnBehalf, _ groups: FieldGroupSet, _ isHeld: Bool, _ given: FieldGroupSet
    ) -> PromiseWitness {
        PromiseWitness(
            facts: FactVector(
                owner: owner, requester: requester, onBehalf: behalf, values: values, asked: asked,
                at: day.start),
            request: request, groups: groups, given: given, isHeld: isHeld,
            isByTwin: given.isDisjoint(with: groups))
    }

    // MARK: What can be told apart

    /// Every test that the policy or the promise makes.
    private static func tests(_ promise: Promise, _ policy: Policy) -> [Test] {
        var seen: Set<Test> = []
        var conditions = policy.rules.map(\.match) + policy.carried.map(\.carried.condition)
        conditions.append(promise.who)
        if let unless = promise.unless { conditions.append(unless) }
        return conditions.flatMap(\.tests).filter { seen.insert($0).inserted }
    }

    /// One value of each kind that the tests answer alike; `unknown` too, if a look-up can come so.
    private static func values(of fact: Fact, tests: [Test]) -> [FactValue] {
        var states = (0..<fact.values.count).map { FactValue(index: $0) }
        if fact.canBeAbsent { states.append(.absent) }
        if fact.source != .request { states.append(.unknown) }
        var seen: Set<[Truth]> = []
        return states.filter { value in
            seen.insert(
                tests.map { test in
                    switch test {
                    case .fact(_, let values): value.index == nil ? .unknown : Truth(values.contains(value))
                    case .absent: value == .unknown ? .unknown : Truth(value == .absent)
                    default: .unknown
                    }
                }
            ).inserted
        }
    }

    /// Every kind of request, with and without a photo where that makes a difference.
    private static func requests(_ taxonomy: Taxonomy) -> [Request] {
        RequestKind.allCases.flatMap { kind -> [Request] in
            let plain = Request(kind: kind, breadth: .oneRecord, photoAsked: false)
            let photo = Request(kind: kind, breadth: .oneRecord, photoAsked: true)
            return taxonomy.groupsAsked(by: plain) == taxonomy.groupsAsked(by: photo)
                ? [plain] : [plain, photo]
        }
    }

    /// The first day, and each day on which a rule begins or has ended.
    private static func days(_ policy: Policy) -> [Day] {
        var days: Set<Day> = [policy.effective]
        for rule in policy.rules {
            if let first = rule.effective { days.insert(first) }
            if let last = rule.until { days.insert(Day(number: last.number + 1)) }
        }
        return days.filter(policy.isInForce(on:)).sorted()
    }
}
