import ComityMessages
import ComityNode
import ComityRecords
import Foundation
import Glibc

/// A switch in a process of its own, on a new home with made-up records, with one link for each client.
struct ChildSwitch {
    let home: Home
    let port: Int
    private let child: Process

    /// The people and vehicles that it knows.
    let population: SyntheticPopulation

    /// What keeps it from starting.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts it and waits until it takes connections.
    ///
    /// - Parameters:
    ///   - folder: the home; it must hold no switch yet, and it is kept afterwards.
    ///   - program: this program, to be started once more as the switch.
    ///   - answering: owners whose own systems answer behind a link, with its name.
    ///   - isBare: whether it is one without envelopes and seals; see `BareSwitch`.
    init(
        folder: String, program: String, links: [String], isBare: Bool = false,
        answering: [MemberCode: String] = [:]
    ) throws {
        home = Home(folder)
        guard !home.exists else {
            throw Failure(
                description:
                    "the home `\(folder)` holds a switch's state; give another, it is kept afterwards")
        }
        try home.create()
        let data = try DataFolder.find()
        let states = try data.tables().states
        population = SyntheticPopulation(seed: 1, owners: states, peoplePerOwner: 200)
        try population.write(to: folder + "/records.sqlite")
        var configuration = NodeConfiguration(
            name: BareSwitch.name, ori: ORI("DXBENCH00")!, home: folder, policies: data.examplePolicies,
            links: links.map { NodeConfiguration.Link(name: $0, everybody: true) })
        configuration.listen.port = 0
        if !answering.isEmpty {
            configuration.owners = states.map { NodeConfiguration.Owner(code: $0, link: answering[$0]) }
        }
        configuration.records = folder + "/records.sqlite"
        let file = folder + "/bench.json"
        try JSONEncoder.readable.encode(configuration).write(to: URL(fileURLWithPath: file))
        child = Process()
        child.executableURL = URL(fileURLWithPath: program)
        child.arguments =
            isBare ? ["bench", "bare-switch", "--config", file] : ["serve", "--config", file, "--quiet"]
        child.standardOutput = FileHandle.nullDevice
        try child.run()
        do { port = try Self.waitForPort(home, child) } catch {
            child.terminate()
            throw error
        }
    }

    func stop() {
        child.terminate()
        child.waitUntilExit()
    }

    /// What it says of itself.
    func status() throws -> SwitchStatus {
        guard let status = ControlClient.status(home) else {
            throw Failure(description: "the switch does not answer")
        }
        return status
    }

    func identity(_ link: String) throws -> LinkClient.Identity {
        LinkClient.Identity(link: link, session: "bench", secret: try KeyFile.load(home.secret(of: link)))
    }

    private static func waitForPort(_ home: Home, _ child: Process) throws -> Int {
        for _ in 0..<1500 {
            guard child.isRunning else {
                throw Failure(description: "the switch ended at its start; see above")
            }
            if ControlClient.status(home) != nil,
                let inForce = try? NodeConfiguration(file: home.configuration)
            {
                return inForce.listen.port
            }
            usleep(20_000)
        }
        throw Failure(description: "the switch did not start within 30 s")
    }
}
