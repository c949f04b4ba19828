import ComityDirectory
import ComityMessages
import ComityNode
import ComityPolicy
import Dispatch
import Foundation

/// The judging benchmark's look-ups for Cedar, another engine, and what Comity takes for the very same ones.
package struct CedarBenchmark: Sendable {
    /// How many agencies ask, some of them twice; each look-up is judged by every policy as question and as answer.
    package var lookups = 200
    package var seed: UInt64 = 1

    package init() {}

    /// What Comity took.
    package struct Report: Sendable, Codable {
        package var policies: Int
        package var judgements: Int
        package var nanosecondsPerJudgement: Double
    }

    /// Writes one line for each policy, with look-ups and Comity's judgements, as `Tests/SecondOpinion` reads them.
    package func run(writingTo path: String) throws -> Report {
        let data = try DataFolder.find()
        let taxonomy = try data.taxonomy()
        let directory = try data.directory()
        let policies = try JudgingPolicies(data: data, taxonomy: taxonomy, directory: directory).examples()
            .map { ($0.name, CompiledPolicy($0.policy, taxonomy: taxonomy, directory: directory)) }
        let owners = Set(policies.map(\.1.policy.owner)).sorted()
        let facts = JudgingFacts(taxonomy: taxonomy, directory: directory, owners: owners)
            .draw(agencies: lookups, seed: seed)
        var lines = ""
        var judgements = 0
        var nanoseconds = 0.0
        for (name, policy) in policies {
            nanoseconds += Self.cost(policy, facts)
            judgements += facts.count * 2
            let cases = try facts.map { facts in
                let question = try Self.expected(policy.judgeQuestion(facts), policy.policy)
                let answer = try Self.expected(policy.judgeAnswer(facts), policy.policy)
                let lookup = CedarRequest.json(facts, taxonomy: taxonomy)
                return "{\"lookup\":\(lookup),\"question\":\(question),\"answer\":\(answer)}"
            }
            let cedar = CedarExport(policy.policy, taxonomy: taxonomy)
            lines +=
                try "{\"name\":\(Self.json(name)),\"policies\":\(Self.json(cedar.policies)),"
                + "\"schema\":\(Self.json(cedar.schema)),\"reading\":\(cedar.reading),"
                + "\"cases\":[\(cases.joined(separator: ","))]}\n"
        }
        try Data(lines.utf8).write(to: URL(fileURLWithPath: path))
        return Report(
            policies: policies.count, judgements: judgements,
            nanosecondsPerJudgement: (nanoseconds / Double(judgements)).rounded())
    }

    /// Nanoseconds for all look-ups, question and answer: the mean of many rounds, after one that does not count.
    private static func cost(_ policy: CompiledPolicy, _ facts: [FactVector]) -> Double {
        var gates = 0
        func round() {
            for one in facts {
                gates += Int(policy.judgeQuestion(one).gate.rawValue)
                gates += Int(policy.judgeAnswer(one).gate.rawValue)
            }
        }
        round()
        let rounds = 200
        let begin = DispatchTime.now().uptimeNanoseconds
        for _ in 0..<rounds { round() }
        let spent = DispatchTime.now().uptimeNanoseconds - begin
        // What is counted is used, so that no compiler takes it out.
        return gates < 0 ? 0 : Double(spent) / Double(rounds)
    }

    private struct Expected: Encodable {
        var gate: String
        var groups: [String]
        var duties: [String]
        var missing: [String]
    }

    private static func expected(_ judgement: Judgement, _ policy: Policy) throws -> String {
        let missing = judgement.rules.flatMap { part in
            part.missing.places.map { place in
                let rule = policy.carried[place].rule
                let first = policy.carried.firstIndex { $0.rule == rule } ?? 0
                return "missing \(policy.rules[rule].id) \(place - first + 1)"
            }
        }
        return try json(
            Expected(
                gate: judgement.gate.word, groups: judgement.groups.groups.map(\.rawValue),
                duties: judgement.duties(in: [policy]).map(\.rule.id), missing: missing))
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}
