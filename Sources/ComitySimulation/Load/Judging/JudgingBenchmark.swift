import ComityDirectory
import ComityMessages
import ComityNode
import ComityPolicy

/// Measures what judging costs on the reference set: fifty owners with twenty rules each, one look-up of each of
/// 18,000 agencies, facts resolved beforehand; question and answer of each look-up in turn.
///
/// The facts are those of real agencies of the directory and of made-up federal ones, with every other fact drawn.
package struct JudgingBenchmark: Sendable {
    /// Seconds of counted judgements, all parts together.
    package var seconds = 3.0
    package var seed: UInt64 = 1

    package init() {}

    private static let owners = 50
    private static let agencies = 18_000
    private static let largeRules = 1000
    private static let explanations = 2000

    /// The figures of one run.
    package struct Report: Sendable, Codable {
        /// One judgement of the reference set, in processor time.
        package var meanNanoseconds: Double
        /// Of batches of `judgementsPerBatch`, for each judgement in them: reading the clock for every single one
        /// would cost as much as a third of it.
        package var p50Nanoseconds: Double
        package var p99Nanoseconds: Double
        package var judgementsPerSecond: Double
        package var judgements: Int
        package var judgementsPerBatch: Int
        /// The cost of one reading of the clock, taken off each batch.
        package var clockNanoseconds: Double
        /// The mean of one judgement by a policy of a thousand rules.
        package var thousandRulesNanoseconds: Double
        /// Reading and checking the texts of all owners of the reference set.
        package var readMilliseconds: Double
        /// Compiling them once they are read.
        package var compileMilliseconds: Double
        /// The mean of one whole explanation in words, as the owner sees it.
        package var explanationMicroseconds: Double
        package var owners: Int
        /// Rules of all policies of the reference set.
        package var rules: Int
        /// Different look-ups.
        package var vectors: Int
        /// The example policies, one by one, on the same look-ups.
        package var policies: [PolicyReport]
        /// The shares of the three judgements: a benchmark that only ever refuses measures little.
        package var openShare: Double
        package var heldShare: Double
        package var refusedShare: Double
    }

    /// The figure of one policy.
    package struct PolicyReport: Sendable, Codable {
        package var name: String
        package var rules: Int
        package var meanNanoseconds: Double
    }

    /// What cannot be measured.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package func run() throws -> Report {
        let data = try DataFolder.find()
        let (taxonomy, directory) = (try data.taxonomy(), try data.directory())
        let owners = Array(Set(directory.agencies.map(\.member)).sorted().prefix(Self.owners))
        let source = JudgingPolicies(data: data, taxonomy: taxonomy, directory: directory)
        let facts = JudgingFacts(taxonomy: taxonomy, directory: directory, owners: owners)
            .draw(agencies: Self.agencies, seed: seed)
        let clock = JudgingClock()

        let (policies, reading) = try timed { try source.reference(owners: owners) }
        let (compiled, compiling) = timed { policies.map { CompiledPolicy($0, taxonomy: taxonomy) } }
        let places = Dictionary(uniqueKeysWithValues: zip(owners, compiled))
        let judges = facts.compactMap { places[$0.owner] }
        let reference = clock.run(facts, by: judges, seconds: seconds / 2)

        func mean(_ policy: Policy, seconds: Double) -> Double {
            let judge = CompiledPolicy(policy, taxonomy: taxonomy)
            return clock.run(facts, by: Array(repeating: judge, count: facts.count), seconds: seconds).mean
        }
        let largest = mean(
            try source.large(owner: owners[0], rules: Self.largeRules), seconds: seconds / 4)
        let examples = try source.examples()
        let reports = examples.map { name, policy in
            PolicyReport(
                name: name, rules: policy.rules.count,
                meanNanoseconds: mean(policy, seconds: seconds / 4 / Double(examples.count)).toTenths)
        }
        let explainer = Explainer(taxonomy: taxonomy, directory: directory)
        let explaining = explanationCost(facts.prefix(Self.explanations), places, explainer)
        return Report(
            meanNanoseconds: reference.mean.toTenths, p50Nanoseconds: reference.latencies.value(at: 0.5),
            p99Nanoseconds: reference.latencies.value(at: 0.99),
            judgementsPerSecond: (1e9 / reference.mean).rounded(), judgements: reference.judgements,
            judgementsPerBatch: JudgingClock.batch, clockNanoseconds: clock.cost.toTenths,
            thousandRulesNanoseconds: largest.toTenths, readMilliseconds: (reading / 1e6).toTenths,
            compileMilliseconds: (compiling / 1e6).toTenths,
            explanationMicroseconds: (explaining / 1e3).toTenths, owners: owners.count,
            rules: policies.reduce(0) { $0 + $1.rules.count }, vectors: facts.count, policies: reports,
            openShare: reference.share(of: .open), heldShare: reference.share(of: .held),
            refusedShare: reference.share(of: .refused))
    }

    private func explanationCost(
        _ facts: ArraySlice<FactVector>, _ policies: [MemberCode: CompiledPolicy], _ explainer: Explainer
    ) -> Double {
        let looks = facts.compactMap { facts in
            policies[facts.owner].map { policy in
                Explainer.Case(
                    judgement: policy.judgeAnswer(facts), facts: facts, policies: [policy.policy],
                    isDefault: false, isAnswer: true, reference: nil)
            }
        }
        let (letters, spent) = timed {
            looks.reduce(0) { $0 + explainer.explain($1, for: .owner).sentence.utf8.count }
        }
        precondition(letters > 0, "no explanation says anything")
        return spent / Double(looks.count)
    }

    /// What a piece of work made, and how many nanoseconds of processor time it took.
    private func timed<Made>(_ work: () throws -> Made) rethrows -> (made: Made, nanoseconds: Double) {
        let begin = JudgingClock.processorTime()
        let made = try work()
        return (made, JudgingClock.processorTime() - begin)
    }
}
