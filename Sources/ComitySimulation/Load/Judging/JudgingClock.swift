import ComityPolicy
import Dispatch

/// Times judgements in batches.
///
/// Reading the clock costs about a third of a judgement, so it is read once for each batch and its own cost is
/// taken off. A batch is sixteen judgements: eight look-ups, the question and the answer of each.
struct JudgingClock {
    static let batch = 16

    /// The cost of one reading of the clock, in nanoseconds.
    let cost: Double

    init() {
        let count = 100_000
        let begin = DispatchTime.now().uptimeNanoseconds
        for _ in 1..<count { _ = DispatchTime.now().uptimeNanoseconds }
        cost = Double(DispatchTime.now().uptimeNanoseconds - begin) / Double(count)
    }

    struct Tally {
        var latencies = NanosecondCounts()
        var nanoseconds = 0.0
        var judgements = 0
        /// How many were open, held and refused.
        var gates = [0, 0, 0]

        var mean: Double { nanoseconds / Double(max(1, judgements)) }

        func share(of gate: Gate) -> Double { Double(gates[Int(gate.rawValue)]) / Double(max(1, judgements)) }
    }

    /// Judges look-ups round and round, each by the policy at its place, after a tenth of the time to warm up.
    func run(_ cases: [(facts: FactVector, policy: Int)], _ policies: [CompiledPolicy], seconds: Double) -> Tally {
        // Through pointers: copying a vector out of an array would count as judging.
        cases.withUnsafeBufferPointer { cases in
            policies.withUnsafeBufferPointer { policies in
                _ = run(cases, policies, seconds: seconds / 10)
                return run(cases, policies, seconds: seconds)
            }
        }
    }

    private func run(
        _ cases: UnsafeBufferPointer<(facts: FactVector, policy: Int)>,
        _ policies: UnsafeBufferPointer<CompiledPolicy>, seconds: Double
    ) -> Tally {
        var tally = Tally()
        var place = 0
        var gates = (0, 0)
        let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
        while true {
            let begin = DispatchTime.now().uptimeNanoseconds
            if begin >= end { break }
            for _ in 0..<(Self.batch / 2) {
                let policy = cases[place].policy
                let question = policies[policy].judgeQuestion(cases[place].facts)
                let answer = policies[policy].judgeAnswer(cases[place].facts)
                gates.0 += (question.gate == .open ? 1 : 0) + (answer.gate == .open ? 1 : 0)
                gates.1 += (question.gate == .held ? 1 : 0) + (answer.gate == .held ? 1 : 0)
                place = place + 1 == cases.count ? 0 : place + 1
            }
            let spent = Double(DispatchTime.now().uptimeNanoseconds - begin) - cost
            tally.nanoseconds += spent
            tally.judgements += Self.batch
            tally.latencies.add(spent / Double(Self.batch))
        }
        tally.gates = [gates.0, gates.1, tally.judgements - gates.0 - gates.1]
        return tally
    }
}
