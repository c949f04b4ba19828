import ComityNode
import Dispatch
import Foundation
import NIOCore
import NIOPosix

/// Measures how much memory a real switch holds while many links are signed on and say nothing.
package struct IdleBenchmark: Sendable {
    package var links = 2000
    /// Seconds for which all of them stay.
    package var seconds = 10.0
    /// The home of the switch; kept afterwards.
    package var home: String
    /// This program: it is started once more as the switch.
    package var program: String

    package init(home: String, program: String) {
        self.home = home
        self.program = program
    }

    /// The figures of one run. Megabytes are of a million bytes.
    package struct Report: Sendable, Codable {
        package var links: Int
        /// Links that the switch says are signed on at the end.
        package var connected: Int
        package var residentMegabytes: Double
        /// Before the first link signed on.
        package var residentMegabytesBefore: Double
        package var home: String
    }

    package func run() throws -> Report {
        ResidentMemory.raiseFileLimit()
        let names = (0..<links).map { "idle-\($0)" }
        let child = try ChildSwitch(folder: home, program: program, links: names)
        defer { child.stop() }
        let process = try child.status().process
        let before = ResidentMemory.megabytes(of: process) ?? 0
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { try? group.syncShutdownGracefully() }
        var channels: [any Channel] = []
        for name in names {
            let identity = try child.identity(name)
            channels.append(
                try LinkClient.connect(host: "127.0.0.1", port: child.port, group: group) {
                    LinkClient(identity) { _, _ in }
                }.wait())
        }
        Thread.sleep(until: DispatchTime.now() + seconds)
        let status = try child.status()
        let resident = ResidentMemory.megabytes(of: process) ?? 0
        for channel in channels { try? channel.close().wait() }
        return Report(
            links: links, connected: status.connectedSessions, residentMegabytes: resident,
            residentMegabytesBefore: before, home: home)
    }
}
