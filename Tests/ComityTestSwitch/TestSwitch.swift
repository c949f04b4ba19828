import ComityMessages
import ComityNode
import ComityStoreSQLite
import Foundation
import Logging

/// `ComityTestSwitch CONFIG full|normal [CLOCK]`: the switch with a store that flushes at each commit, or does not, and
/// with a clock that a test sets: the file CLOCK says by how many milliseconds it is moved. The real program has no such
/// choices; that it does not flush is what the test of guarantee 1 must notice.
@main
struct TestSwitch {
    static func main() throws {
        let arguments = CommandLine.arguments
        var fittings = Fittings()
        if arguments[2] == "normal" { fittings.synchronous = .normalForTestsOnly }
        if arguments.count > 3 { fittings.clock = clock(arguments[3]) }
        var log = Logger(label: "comity-test") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .warning
        let node = try SwitchNode(
            try NodeConfiguration(file: arguments[1]), fittings: fittings, log: log)
        node.waitForStopRequest()
        node.stop()
        exit(node.exitStatus)
    }

    private static func clock(_ file: String) -> SwitchClock.Sources {
        SwitchClock.Sources(
            wall: {
                let moved = (try? String(contentsOfFile: file, encoding: .utf8)).flatMap { Int($0) } ?? 0
                return SwitchClock.wall() + .milliseconds(moved)
            }, steady: SwitchClock.steady)
    }
}
