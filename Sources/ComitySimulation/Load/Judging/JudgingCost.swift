package import ComityPolicy

/// What judgements of given look-ups cost, the question and the answer of each in turn.
package struct JudgingCost: Sendable, Codable {
    /// Processor time.
    package let meanNanoseconds: Double
    /// Of batches of `judgementsPerBatch`, for each judgement in them, by the clock.
    package let p50Nanoseconds: Double
    package let p99Nanoseconds: Double
    package let judgementsPerSecond: Double
    package let judgementsPerBatch: Int
    package let judgements: Int
    package let requests: Int

    /// Measures.
    ///
    /// - Parameters:
    ///   - facts: the look-ups, at least one.
    ///   - policies: for each look-up the policy that judges it.
    package init(of facts: [FactVector], by policies: [CompiledPolicy], seconds: Double) {
        let tally = JudgingClock().run(facts, by: policies, seconds: seconds)
        meanNanoseconds = tally.mean.toTenths
        p50Nanoseconds = tally.latencies.value(at: 0.5)
        p99Nanoseconds = tally.latencies.value(at: 0.99)
        judgementsPerSecond = (1e9 / tally.mean).rounded()
        judgementsPerBatch = JudgingClock.batch
        judgements = tally.judgements
        requests = facts.count
    }
}
