import ComityMessages
package import ComityNode
package import Logging
import NIOCore
import NIOPosix

/// The switch of a demo as it really runs, with the members' links connected to it.
package final class DemoSwitch {
    package let node: SwitchNode
    private let links: LiveLinks
    private var traffic: Traffic
    private var waiting: [Sending] = []
    /// Live messages sent so far.
    package private(set) var sent = 0

    /// The port that people expect.
    package static let usualPort = 7001

    /// Starts the switch and connects the links of all members.
    ///
    /// - Parameter port: 0 takes any free one, as does a port that is taken.
    package init(_ world: DemoWorld, port: Int, log: Logger) throws {
        var configuration = world.configuration
        configuration.listen.port = Self.isFree(port, host: configuration.listen.host) ? port : 0
        traffic = try world.traffic(seed: world.plan.seed ^ 0x11FE)
        // What is odd is for the past: a live link that sends rubbish is closed after a while.
        traffic.oddities = false
        node = try SwitchNode(configuration, log: log)
        let members = configuration.links.map(\.name).filter { $0 != Country.desk }
        do {
            links = try LiveLinks(members, home: node.home, host: configuration.listen.host, port: node.port)
        } catch {
            node.stop(waitingAtMost: 0)
            throw error
        }
    }

    /// Where links connect.
    package var address: String { "\(node.configuration.listen.host):\(node.port)" }

    /// Sends one more message over the link of whoever asks.
    package func sendOne() {
        if waiting.isEmpty { waiting = traffic.next() }
        links.send(waiting.removeFirst())
        sent += 1
    }

    /// Waits until all live messages are answered; `false` if they are not by then.
    @discardableResult
    package func settle(seconds: Int) -> Bool {
        let isAnswered = links.waitForAnswers(seconds: seconds)
        node.waitForViews()
        return isAnswered
    }

    /// Says goodbye on all links and stops the switch.
    package func stop() {
        settle(seconds: 2)
        links.end()
        // Everything is answered; what is held waits for its desk, not for us.
        node.stop(waitingAtMost: 0)
    }

    private static func isFree(_ port: Int, host: String) -> Bool {
        guard port != 0 else { return true }
        let group = MultiThreadedEventLoopGroup.singleton
        let probe = try? ServerBootstrap(group: group)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .bind(host: host, port: port).wait()
        try? probe?.close().wait()
        return probe != nil
    }
}
