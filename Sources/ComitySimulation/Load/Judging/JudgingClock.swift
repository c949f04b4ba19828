import ComityPolicy
import Dispatch
import Foundation

/// Times judgements in batches.
///
/// The mean is processor time. Reading the clock costs about as much as a judgement, so for the shares it is read
/// once for each batch and its own cost is taken off. A batch is sixteen judgements: eight look-ups, the question and
/// the answer of each.
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
        var batches = 0
        /// How many were open, held and refused.
        var gates = [0, 0, 0]

        var judgements: Int { batches * JudgingClock.batch }
        var mean: Double { nanoseconds / Double(max(1, judgements)) }

        func share(of gate: Gate) -> Double { Double(gates[Int(gate.rawValue)]) / Double(max(1, judgements)) }
    }

    /// Judges look-ups round and round, each by the policy at the same place, after a tenth of the time to warm up.
    func run(_ facts: [FactVector], by policies: [CompiledPolicy], seconds: Double) -> Tally {
        _ = once(facts, policies, seconds: seconds / 10)
        return once(facts, policies, seconds: seconds)
    }

    private func once(_ facts: [FactVector], _ policies: [CompiledPolicy], seconds: Double) -> Tally {
        var tally = Tally()
        var place = 0
        var (open, held) = (0, 0)
        let begun = Self.processorTime()
        let end = DispatchTime.now().uptimeNanoseconds + UInt64(seconds * 1e9)
        while true {
            let begin = DispatchTime.now().uptimeNanoseconds
            if begin >= end { break }
            for _ in 0..<(Self.batch / 2) {
                let (policy, lookup) = (policies[place], facts[place])
                let question = policy.judgeQuestion(lookup)
                let answer = policy.judgeAnswer(lookup)
                open += (question.gate == .open ? 1 : 0) + (answer.gate == .open ? 1 : 0)
                held += (question.gate == .held ? 1 : 0) + (answer.gate == .held ? 1 : 0)
                place = place + 1 == facts.count ? 0 : place + 1
            }
            let spent = Double(DispatchTime.now().uptimeNanoseconds - begin) - cost
            tally.batches += 1
            tally.latencies.add(spent / Double(Self.batch))
        }
        tally.nanoseconds = Self.processorTime() - begun - 2 * cost * Double(tally.batches)
        tally.gates = [open, held, tally.judgements - open - held]
        return tally
    }

    /// The time that a processor spent on this thread, in nanoseconds: others who use the machine do not count.
    static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
