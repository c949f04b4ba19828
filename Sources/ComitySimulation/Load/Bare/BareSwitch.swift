import ComityLedger
package import ComityNode
import Logging

/// A switch that keeps bodies as they came and signs nothing, to say what envelopes and seals cost. It is no setting of a
/// switch: it runs on a new home of a benchmark and nowhere else.
package enum BareSwitch {
    /// The name of a benchmark's switch.
    static let name = "bench"

    /// Serves until it is told to stop.
    package static func serve(_ configuration: NodeConfiguration) throws {
        guard configuration.name == name, !Home(configuration.home).exists else {
            throw ChildSwitch.Failure(
                description: "a switch without envelopes and seals runs on a new home of a benchmark only")
        }
        var fittings = Fittings()
        fittings.sealer = { _ in NoSealer() }
        fittings.bodies = .openForBenchmarksOnly
        fittings.sealsLedgers = false
        var log = Logger(label: "comity-bare") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .warning
        let node = try SwitchNode(configuration, fittings: fittings, log: log)
        node.waitForStopRequest()
        node.stop()
    }
}

/// Leaves everything as it is.
private struct NoSealer: BodySealer {
    func seal(_ body: [UInt8], at place: BodyPlace, nonce: SealNonce) throws(SealError) -> [UInt8] { body }
    func open(_ sealed: [UInt8], at place: BodyPlace) throws(SealError) -> [UInt8] { sealed }
}
