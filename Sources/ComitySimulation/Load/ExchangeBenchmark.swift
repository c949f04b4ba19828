import ComityMessages
import ComityNode
import ComityRecords
import Foundation
import Glibc

/// Measures a real switch in a process of its own: real TCP, a real store that flushes at each commit, and a load
/// generator on the same processors.
package struct ExchangeBenchmark: Sendable {
    package var links = 64
    package var depth = 1
    package var seconds = 20.0
    package var refusedPercent = 0
    /// The home of the switch; kept afterwards.
    package var home: String
    /// This program: it is started once more as the switch.
    package var program: String

    package init(home: String, program: String) {
        self.home = home
        self.program = program
    }

    /// The figures of one run.
    package struct Report: Sendable, Codable {
        package var lookupsPerSecond: Double
        package var p50Milliseconds: Double
        package var p99Milliseconds: Double
        /// Processor time of the switch's process for each look-up, in microseconds.
        package var cpuMicrosecondsPerLookup: Double
        package var commits: Int
        package var rowsPerCommit: Double
        package var rowsPerLookup: Double
        package var entriesPerLookup: Double
        package var lookups: Int
        package var refusedShare: Double
        /// Answers that were not what was expected.
        package var wrongAnswers: Int
        package var firstFault: String?
        /// Messages of 300 bytes echoed a second over as many connections, without Comity, in the same run.
        package var machineEchoesPerSecond: Double
        /// Flushed appends of 4 KiB a second, without Comity, in the same run.
        package var machineFdatasyncsPerSecond: Double
        package var home: String
    }

    /// What cannot be measured.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package func run() throws -> Report {
        let folder = Home(home)
        guard !folder.exists else {
            throw Failure(
                description: "the home `\(home)` holds a switch's state; give another, it is kept afterwards")
        }
        try folder.create()
        let data = try DataFolder.find()
        let tables = try data.tables()
        let population = SyntheticPopulation(seed: 1, owners: tables.states, peoplePerOwner: 200)
        try population.write(to: home + "/records.sqlite")
        var configuration = NodeConfiguration(
            name: "bench", ori: ORI("DXBENCH00")!, home: home, policies: data.examplePolicies,
            links: (0..<links).map { NodeConfiguration.Link(name: "bench-\($0)", everybody: true) })
        configuration.listen.port = 0
        configuration.records = home + "/records.sqlite"
        let file = home + "/bench.json"
        try JSONEncoder.readable.encode(configuration).write(to: URL(fileURLWithPath: file))
        let rates = try MachineRates.measure(connections: links, folder: home)

        let child = Process()
        child.executableURL = URL(fileURLWithPath: program)
        child.arguments = ["serve", "--config", file, "--quiet"]
        child.standardOutput = FileHandle.nullDevice
        try child.run()
        defer {
            child.terminate()
            child.waitUntilExit()
        }
        let port = try waitForPort(folder, child)
        let identities = try (0..<links).map { number in
            LinkClient.Identity(
                link: "bench-\(number)", session: "bench",
                secret: try KeyFile.load(folder.secret(of: "bench-\(number)")))
        }
        let plan = LoadPlan(
            population: population, asker: ORI("CO0010100")!, refusedAsker: ORI("DXICE0100")!,
            refusingOwners: [MemberCode("WA")!], refusedPercent: refusedPercent)
        guard let before = ControlClient.status(folder) else {
            throw Failure(description: "the switch does not answer")
        }
        let result = try LoadGenerator(plan, depth: depth)
            .run(identities, host: "127.0.0.1", port: port, seconds: seconds, warmUp: 2)
        guard let after = ControlClient.status(folder) else {
            throw Failure(description: "the switch does not answer")
        }
        // The switch's own counters span the warm-up too, so they are set against its own look-ups.
        let served = max(1, (after.entries - before.entries) / 2)
        let commits = max(1, after.commits - before.commits)
        return Report(
            lookupsPerSecond: (Double(result.lookups) / seconds).rounded(),
            p50Milliseconds: result.p50Milliseconds, p99Milliseconds: result.p99Milliseconds,
            cpuMicrosecondsPerLookup: Double(after.cpuMicroseconds - before.cpuMicroseconds) / Double(served),
            commits: commits, rowsPerCommit: Double(after.rows - before.rows) / Double(commits),
            rowsPerLookup: Double(after.rows - before.rows) / Double(served),
            entriesPerLookup: Double(after.entries - before.entries) / Double(served),
            lookups: result.lookups,
            refusedShare: Double(result.refused) / Double(max(1, result.lookups)), wrongAnswers: result.wrong,
            firstFault: result.firstFault, machineEchoesPerSecond: rates.echoesPerSecond.rounded(),
            machineFdatasyncsPerSecond: rates.fdatasyncsPerSecond.rounded(), home: home)
    }

    private func waitForPort(_ folder: Home, _ child: Process) throws -> Int {
        for _ in 0..<500 {
            guard child.isRunning else {
                throw Failure(description: "the switch ended at its start; see above")
            }
            if ControlClient.status(folder) != nil,
                let inForce = try? NodeConfiguration(file: folder.configuration)
            {
                return inForce.listen.port
            }
            usleep(20_000)
        }
        throw Failure(description: "the switch did not start within 10 s")
    }
}
