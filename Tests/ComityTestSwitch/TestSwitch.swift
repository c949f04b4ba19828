import ComityNode
import ComityStoreSQLite
import Logging

/// `ComityTestSwitch CONFIG full|normal`: the switch with a store that flushes at each commit, or does not. The
/// second is what the test of guarantee 1 must notice; the real program has no such choice.
@main
struct TestSwitch {
    static func main() throws {
        let arguments = CommandLine.arguments
        let synchronous: SQLiteStore.Synchronous = arguments[2] == "normal" ? .normalForTestsOnly : .full
        var log = Logger(label: "comity-test") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .warning
        let node = try SwitchNode(
            try NodeConfiguration(file: arguments[1]), synchronous: synchronous, log: log)
        node.waitForStopRequest()
        node.stop()
    }
}
