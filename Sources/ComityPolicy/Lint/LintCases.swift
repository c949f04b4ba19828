import ComityDirectory
import ComityMessages

/// The look-ups that a policy can tell apart, one of each kind.
struct LintCases {
    private let trial: PromiseTrial
    private let requests: [Request]
    private let limits: [LimitName]
    private let base: [FactValue]
    private let behalf: Int?
    private let owner: MemberCode
    private let taxonomy: Taxonomy

    /// Whether the requesters are all that can be told apart.
    var isComplete: Bool { trial.isComplete }
    var requesters: [Requester] { trial.requesters }

    init(_ policy: CompiledPolicy, directory: Directory) {
        taxonomy = policy.taxonomy
        // Who never gets what does not matter here; only what the rules tell apart.
        let nothing = Promise(
            title: "", who: .always, groups: [], byAnyRoute: true, unless: nil, line: 1)
        trial = PromiseTrial(nothing, policy, directory: directory)
        owner = policy.policy.isNetwork ? Agency.inventedPrefix : policy.policy.owner
        limits = policy.policy.limits.map(\.name)
        base = policy.taxonomy.facts.map(\.ifNotStated)
        let tests = policy.policy.rules.flatMap { $0.tests }
        let position = policy.taxonomy.position(ofFact: "on-behalf")
        behalf = tests.contains { $0.factPosition == position } ? position : nil
        requests = Self.different(trial.requests, tests, policy.taxonomy)
    }

    /// Requests that ask for the same and that no test tells apart are one.
    private static func different(_ all: [Request], _ tests: [Test], _ taxonomy: Taxonomy) -> [Request] {
        struct Look: Hashable {
            var asked: FieldGroupSet
            var tests: [Bool]
        }
        let position = taxonomy.position(ofFact: "request")
        var seen: Set<Look> = []
        return all.filter { request in
            let value = position.flatMap { taxonomy.facts[$0].value(request.kind.rawValue) }
            let answers = tests.map { test -> Bool in
                guard case .fact(let place, let values) = test, place == position, let value else {
                    return false
                }
                return values.contains(value)
            }
            return seen.insert(Look(asked: taxonomy.groupsAsked(by: request), tests: answers)).inserted
        }
    }

    /// Combinations, each to be tried with every requester; no more than a maximum.
    func count(upTo most: Int) -> Int {
        var count = requests.count * trial.days.count * (behalf == nil ? 1 : 2)
        for fact in trial.facts {
            count *= fact.values.count
            if count > most { return most + 1 }
        }
        for _ in limits {
            count *= 2
            if count > most { return most + 1 }
        }
        return count
    }

    /// One combination, asked by somebody.
    func facts(_ number: Int) -> (Requester) -> FactVector {
        var rest = number
        func pick<T>(_ list: [T]) -> T {
            defer { rest /= list.count }
            return list[rest % list.count]
        }
        let request = pick(requests)
        let day = pick(trial.days)
        var values = base
        for fact in trial.facts { values[fact.position] = pick(fact.values) }
        if let position = taxonomy.position(ofFact: "request") {
            values[position] = taxonomy.facts[position].value(request.kind.rawValue) ?? .unknown
        }
        if let behalf {
            values[behalf] = taxonomy.facts[behalf].value(pick(["given", "missing"])) ?? .unknown
        }
        let over = limits.filter { _ in pick([false, true]) }
        let asked = taxonomy.groupsAsked(by: request)
        return { [owner, values] requester in
            FactVector(
                owner: owner, requester: requester, onBehalf: .nobody, values: values, asked: asked,
                at: day.start, over: over)
        }
    }

    var hasDays: Bool { !trial.days.isEmpty }
}
