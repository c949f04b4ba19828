import ArgumentParser
import ComityNode
import ComitySimulation
import Foundation

/// `comity bench exchange`
struct BenchExchange: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "Look-ups a second through a real switch: TCP, judgement, ledger, durable store.")

    @Option(help: "Links at once.") var links = 64
    @Option(help: "Look-ups in flight on each link.") var depth = 1
    @Option(help: "Seconds that are counted.") var seconds = 20.0
    @Option(help: "Look-ups in a hundred that the policy refuses.") var refusedPercent = 0
    @Option(help: "Milliseconds between an answer and the next question of its link.") var pause = 0
    @Option(help: "The home of the switch, new and kept. Default: a folder of its own under the present one.")
    var home: String?
    @Option(
        help: ArgumentHelp(
            "Say what envelopes and seals cost: so many rounds with them and without, in turn.",
            valueName: "rounds"))
    var compare: Int?
    @Flag(help: "Ask all kinds of look-up, about as often as in life.") var mixed = false
    @Option(help: "What is wrong with one member whom others ask all the time: none, dead or slow.")
    var trouble = MemberInTrouble.Trouble.none
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard compare ?? 1 > 0 else { throw ValidationError("--compare is a number of rounds above 0") }
    }

    func run() throws {
        let folder = home ?? "comity-bench-\(Int(Date().timeIntervalSince1970))"
        var benchmark = ExchangeBenchmark(
            home: URL(fileURLWithPath: folder).path, program: "/proc/self/exe")
        benchmark.links = links
        benchmark.depth = depth
        benchmark.seconds = seconds
        benchmark.refusedPercent = refusedPercent
        benchmark.pauseMilliseconds = pause
        benchmark.isMixed = mixed
        benchmark.trouble = trouble
        if let compare { return try self.compare(benchmark, rounds: compare) }
        let report = try benchmark.run()
        if json {
            print(String(decoding: try JSONEncoder.readable.encode(report), as: UTF8.self))
        } else {
            print(
                """
                \(Int(report.lookupsPerSecond)) look-ups a second over \(links) links, \(depth) in flight each
                  half within \(report.p50Milliseconds) ms, 99 of 100 within \(report.p99Milliseconds) ms
                  \(report.cpuMicrosecondsPerLookup) µs of processor time of the switch for each
                  \(report.commits) commits, \(report.rowsPerCommit) rows each, \(report.rowsPerLookup) rows a look-up
                  this machine: \(Int(report.machineEchoesPerSecond)) echoes, \(Int(report.machineFdatasyncsPerSecond)) flushes a second
                  home kept at \(report.home)
                """)
        }
        if report.wrongAnswers > 0 { throw ExitCode(2) }
    }

    private func compare(_ benchmark: ExchangeBenchmark, rounds: Int) throws {
        var cost = LedgerCost(benchmark)
        cost.rounds = rounds
        let report = try cost.run { round in
            if !json { print("  " + round) }
        }
        if json {
            print(String(decoding: try JSONEncoder.readable.encode(report), as: UTF8.self))
        } else {
            print(
                """
                with envelopes and seals \(Int(report.lookupsPerSecond)) look-ups a second, without \(Int(report.bareLookupsPerSecond)); \
                ratio of the rounds \(String(format: "%.3f", report.ratio))
                  \(Int(report.cpuMicrosecondsPerLookup)) and \(Int(report.bareCpuMicrosecondsPerLookup)) µs of processor time of the switch for each
                homes kept at \(benchmark.home)
                """)
        }
        if report.wrongAnswers > 0 { throw ExitCode(2) }
    }
}

extension MemberInTrouble.Trouble: ExpressibleByArgument {}
