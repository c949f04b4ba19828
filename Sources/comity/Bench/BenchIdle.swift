import ArgumentParser
import ComityNode
import ComitySimulation
import Foundation

/// `comity bench idle`
struct BenchIdle: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idle", abstract: "Memory of a real switch with many links that say nothing.")

    @Option(help: "Links signed on at once.") var links = 2000
    @Option(help: "Seconds for which they stay signed on.") var seconds = 10.0
    @Option(help: "The home of the switch, new and kept. Default: a folder of its own under the present one.")
    var home: String?
    @Flag(help: "Print one JSON object.") var json = false

    func run() throws {
        let folder = home ?? "comity-idle-\(Int(Date().timeIntervalSince1970))"
        var benchmark = IdleBenchmark(home: URL(fileURLWithPath: folder).path, program: "/proc/self/exe")
        benchmark.links = links
        benchmark.seconds = seconds
        let report = try benchmark.run()
        if json {
            print(String(decoding: try JSONEncoder.readable.encode(report), as: UTF8.self))
            return
        }
        print(
            """
            \(report.connected) of \(report.links) links signed on and idle
              the switch holds \(report.residentMegabytes) MB, \(report.residentMegabytesBefore) MB before the first
              home kept at \(report.home)
            """)
    }
}
