import ComityDirectory
import ComityMessages
import ComityNode
import ComityPolicy
import Dispatch

/// Measures what one judgement costs: compiled policies on resolved facts, question and answer in turn.
///
/// The facts are those of real agencies of the directory and of the made-up federal ones, with every other fact
/// drawn. Resolving them is not part of the figure.
package struct JudgingBenchmark: Sendable {
    /// Seconds of counted judgements, all policies together.
    package var seconds = 3.0
    package var seed: UInt64 = 1
    /// Different look-ups; more than the processor's nearest cache holds.
    package var vectors = 4096

    package init() {}

    /// Judgements timed together. Reading the clock costs about as much as a judgement, so it is read once for
    /// each batch and its own cost is taken off.
    static let batch = 16

    /// The figures of one run.
    package struct Report: Sendable, Codable {
        package var meanNanoseconds: Double
        /// Of batches of `judgementsPerBatch`, for each judgement in them.
        package var p50Nanoseconds: Double
        package var p99Nanoseconds: Double
        package var judgementsPerSecond: Double
        package var judgements: Int
        package var judgementsPerBatch: Int
        /// The cost of one reading of the clock, taken off each batch.
        package var clockNanoseconds: Double
        /// Rules of all policies judged.
        package var rules: Int
        package var vectors: Int
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
        let taxonomy = try data.taxonomy()
        let directory = try data.directory()
        let policies = try JudgingPolicies.read(data: data, taxonomy: taxonomy, directory: directory)
        let facts = JudgingFacts(taxonomy: taxonomy, directory: directory).draw(vectors, seed: seed)
        let clock = Self.clockCost()
        var all = Tally()
        var reports: [PolicyReport] = []
        for (name, policy) in policies {
            _ = Self.judge(policy, facts, seconds: 0.1, clock: clock)
            let tally = Self.judge(policy, facts, seconds: seconds / Double(policies.count), clock: clock)
            reports.append(
                PolicyReport(
                    name: name, rules: policy.policy.rules.count,
                    meanNanoseconds: tally.mean.toTenths))
            all.add(tally)
        }
        let judged = Double(all.gates.reduce(0, +))
        return Report(
            meanNanoseconds: all.mean.toTenths, p50Nanoseconds: all.latencies.value(at: 0.5),
            p99Nanoseconds: all.latencies.value(at: 0.99), judgementsPerSecond: (1e9 / all.mean).rounded(),
            judgements: all.judgements, judgementsPerBatch: Self.batch,
            clockNanoseconds: clock.toTenths, rules: reports.reduce(0) { $0 + $1.rules },
            vectors: facts.count, policies: reports, openShare: Double(all.gates[0]) / judged,
            heldShare: Double(all.gates[1]) / judged, refusedShare: Double(all.gates[2]) / judged)
    }

    struct Tally {
        var latencies = NanosecondCounts()
        var nanoseconds = 0.0
        var judgements = 0
        var gates = [0, 0, 0]

        var mean: Double { nanoseconds / Double(max(1, judgements)) }

        mutating func add(_ other: Tally) {
            latencies.add(other.latencies)
            nanoseconds += other.nanoseconds
            judgements += other.judgements
            for gate in gates.indices { gates[gate] += other.gates[gate] }
        }
    }

    private static func judge(
        _ policy: CompiledPolicy, _ facts: [FactVector], seconds: Double, clock: Double
    ) -> Tally {
        // Through a pointer: copying a vector out of an array would count as judging.
        facts.withUnsafeBufferPointer { judge(policy, $0, seconds: seconds, clock: clock) }
    }

    private static func judge(
        _ policy: CompiledPolicy, _ facts: UnsafeBufferPointer<FactVector>, seconds: Double, clock: Double
    ) -> Tally {
        var tally = Tally()
        var place = 0
        let count = facts.count
        let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
        while true {
            let begin = DispatchTime.now().uptimeNanoseconds
            if begin >= end { return tally }
            for _ in 0..<(batch / 2) {
                tally.gates[Int(policy.judgeQuestion(facts[place]).gate.rawValue)] += 1
                tally.gates[Int(policy.judgeAnswer(facts[place]).gate.rawValue)] += 1
                place = place + 1 == count ? 0 : place + 1
            }
            let spent = Double(DispatchTime.now().uptimeNanoseconds - begin) - clock
            tally.nanoseconds += spent
            tally.judgements += batch
            tally.latencies.add(spent / Double(batch))
        }
    }

    private static func clockCost() -> Double {
        let count = 100_000
        let begin = DispatchTime.now().uptimeNanoseconds
        for _ in 1..<count { _ = DispatchTime.now().uptimeNanoseconds }
        return Double(DispatchTime.now().uptimeNanoseconds - begin) / Double(count)
    }
}
