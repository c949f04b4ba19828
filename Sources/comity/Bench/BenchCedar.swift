import ArgumentParser
import ComityNode
import ComitySimulation
import Foundation

/// `comity bench cedar`
struct BenchCedar: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cedar",
        abstract: "Write look-ups for Cedar, and time Comity on the same. `Benchmarks/cedar` runs both.")

    @Option(help: ArgumentHelp("The file to write.", valueName: "file")) var out: String
    @Option(help: "Look-ups that each policy judges.") var lookups = 200
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        var benchmark = CedarBenchmark()
        benchmark.lookups = lookups
        let report = try benchmark.run(writingTo: out)
        if json {
            print(String(decoding: try JSONEncoder.readable.encode(report), as: UTF8.self))
        } else {
            print(
                "\(report.nanosecondsPerJudgement) ns a judgement, \(report.judgements) judgements in \(out)")
        }
    }
}
