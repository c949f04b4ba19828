import ArgumentParser
import ComityNode
import ComitySimulation
import Foundation

/// `comity bench policy`
struct BenchPolicy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "What one judgement costs, on facts that are resolved.")

    @Option(help: "Seconds that are counted.") var seconds = 3.0
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        var benchmark = JudgingBenchmark()
        benchmark.seconds = seconds
        let report = try benchmark.run()
        if json {
            print(String(decoding: try JSONEncoder.readable.encode(report), as: UTF8.self))
            return
        }
        print(
            """
            \(report.meanNanoseconds) ns a judgement, \(Int(report.judgementsPerSecond)) a second on one processor
              half within \(Int(report.p50Nanoseconds)) ns, 99 of 100 within \(Int(report.p99Nanoseconds)) ns
              (batches of \(report.judgementsPerBatch); a reading of the clock, \(report.clockNanoseconds) ns, is taken off each)
              \(report.vectors) different look-ups, \(report.owners) owners, \(report.rules) rules, compiled in \(report.compileMilliseconds) ms
              \(report.thousandRulesNanoseconds) ns by a policy of a thousand rules
              \(report.explanationMicroseconds) µs for one explanation in words
            """)
        for policy in report.policies {
            print("  \(policy.meanNanoseconds) ns  \(policy.name), \(policy.rules) rules")
        }
    }
}
