import ArgumentParser
import ComityNode
import Dispatch
import Foundation
import Logging

/// `comity serve`
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run a switch until it is told to stop.")

    @Option(help: ArgumentHelp("The configuration file (JSON).", valueName: "file"))
    var config: String

    @Flag(help: "Log less: warnings and errors only.")
    var quiet = false

    func run() throws {
        let configuration = try NodeConfiguration(file: config)
        var log = Logger(label: "comity") { StreamLogHandler.standardError(label: $0) }
        if quiet { log.logLevel = .warning }
        let node = try SwitchNode(configuration, log: log)
        // `SIGTERM` and `SIGINT` stop in good order; a second one ends at once.
        let signals = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                signal(number, SIG_DFL)
                node.requestStop()
            }
            source.resume()
            return source
        }
        print(
            "comity serves `\(configuration.name)` on \(configuration.listen.host):\(node.port), home \(node.home.path)"
        )
        fflush(nil)
        node.waitForStopRequest()
        node.stop()
        withExtendedLifetime(signals) {}
        if node.exitStatus != 0 { throw ExitCode(node.exitStatus) }
    }
}
