import ComityMessages
import ComityNode
import ComityRecords
import Foundation
import Glibc

/// A switch in a process of its own, on a home of its own, as an operator would run it.
final class RealSwitch {
    let home: Home
    let configuration: String
    private(set) var process: Process?

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Makes a home with made-up records; the switch is not started yet.
    init(
        links: [NodeConfiguration.Link], people: Int = 20, in disk: String? = nil,
        change: (inout NodeConfiguration) -> Void = { _ in }
    ) throws {
        let folder =
            (disk ?? FileManager.default.temporaryDirectory.path)
            + "/comity-e2e-\(UUID().uuidString.prefix(8))"
        home = Home(folder)
        try home.create()
        let tables = try DataFolder(Self.repository + "/Data").tables()
        try SyntheticPopulation(seed: 7, owners: tables.states, peoplePerOwner: people)
            .write(to: folder + "/records.sqlite")
        var configuration = NodeConfiguration(
            name: "e2e", ori: ORI("DXHUB0000")!, home: folder,
            policies: Self.repository + "/Examples/policies",
            links: links)
        configuration.listen.port = 0
        configuration.records = folder + "/records.sqlite"
        configuration.data = Self.repository + "/Data"
        configuration.limits.acknowledgeDelayMilliseconds = 0
        change(&configuration)
        self.configuration = folder + "/test.json"
        try JSONEncoder.readable.encode(configuration).write(to: URL(fileURLWithPath: self.configuration))
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(atPath: home.path)
        for more in [".key", ".key.seal", ".keys", ".sealed", ".sealed.lock"] {
            try? FileManager.default.removeItem(atPath: home.path + more)
        }
    }

    /// Runs the program on this home, whether a switch runs or not: its status, and all that it prints.
    func run(_ arguments: String...) throws -> (status: Int32, text: String) { try run(arguments) }

    func run(_ arguments: [String]) throws -> (status: Int32, text: String) {
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = arguments + ["--home", home.path]
        var environment = ProcessInfo.processInfo.environment
        environment["COMITY_DATA"] = Self.repository + "/Data"
        process.environment = environment
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    /// Starts it and returns its port.
    @discardableResult
    func start(_ command: [String]? = nil, wait seconds: Double = 60) throws -> Int {
        try? FileManager.default.removeItem(atPath: home.controlSocket)
        let command = command ?? [Self.program, "serve", "--config", configuration, "--quiet"]
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardOutput = FileHandle.nullDevice
        // Not the test's own: a switch that outlives a crashed test would keep its caller waiting for the end.
        let log = home.path + "/stderr.log"
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        process.standardError = FileHandle(forWritingAtPath: log) ?? .nullDevice
        process.standardInput = FileHandle.nullDevice
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = environment
        try process.run()
        self.process = process
        let end = Date().addingTimeInterval(seconds)
        while Date() < end {
            if ControlClient.status(home) != nil,
                let inForce = try? NodeConfiguration(file: home.configuration)
            {
                return inForce.listen.port
            }
            guard process.isRunning else {
                throw Failure(description: "the switch ended with \(process.terminationStatus)")
            }
            usleep(10_000)
        }
        throw Failure(description: "the switch did not start")
    }

    /// `kill -9`; of a program under another one, both: the inner one would outlive it, and the caller wait for ever.
    func kill() {
        guard let process, process.isRunning else { return }
        let pid = process.processIdentifier
        let inner = try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
        for child in inner?.split(separator: " ").compactMap({ pid_t($0) }) ?? [] {
            Glibc.kill(child, SIGKILL)
        }
        Glibc.kill(pid, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    /// Stops it in good order and returns its exit status.
    func stop() -> Int32 {
        guard let process else { return -1 }
        _ = ControlClient.stop(home)
        process.waitUntilExit()
        self.process = nil
        return process.terminationStatus
    }

    /// Waits for it to end by itself and returns its exit status; `nil` if it does not.
    func exitStatus(waitingAtMost seconds: Double = 30) -> Int32? {
        guard let process else { return nil }
        let end = Date().addingTimeInterval(seconds)
        while process.isRunning, Date() < end { usleep(5000) }
        guard !process.isRunning else { return nil }
        self.process = nil
        return process.terminationStatus
    }

    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// The real program: the one that `make` built, or the one beside the tests.
    static let program: String = {
        if let given = ProcessInfo.processInfo.environment["COMITY_PROGRAM"] { return given }
        return beside("comity")
    }()

    /// A program of this package, beside the tests.
    static func beside(_ name: String) -> String {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent(name).path
    }
}
