import ComityLedger
import ComityNode
import ComityStore
import ComityStoreSQLite
import Foundation
import Glibc
import Testing

/// Attack "clock moved", on a running switch whose clock a test sets.
@Suite("A clock that is moved", .serialized)
struct ClockTests {
    @Test("a step of some seconds is recorded, and the switch goes on")
    func small() throws {
        let scene = try Scene()
        try scene.ask()
        try scene.move(-5000)
        try scene.wait { $0.contains { $0.kind == .clock } }
        try scene.ask()
        try scene.move(20_000)
        try scene.wait { $0.count { $0.kind == .clock } == 2 }
        try scene.ask()
        #expect(scene.real.stop() == 0)
        let entries = try scene.entries()
        let clocks = entries.compactMap { if case .clock(let entry) = $0 { entry } else { nil } }
        let steps = clocks.map { Int($0.found) - Int($0.expected) }
        #expect(steps.count == 2 && abs(steps[0] + 5000) < 1000 && abs(steps[1] - 25_000) < 1000, "\(steps)")
        #expect(clocks.allSatisfy { $0.ledger.description == "e2e/operations" })
        // Whatever the clock did, the times of all entries rise.
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.time <= $1.time })
    }

    @Test(
        "a step of more than a minute stops the switch; no entry has the new time",
        arguments: [-120_000, 3_600_000])
    func far(step: Int) throws {
        let scene = try Scene()
        try scene.ask()
        try scene.move(step)
        #expect(scene.real.exitStatus(waitingAtMost: 20) == 71)
        let log = try String(contentsOfFile: scene.real.home.path + "/stderr.log", encoding: .utf8)
        #expect(log.contains("the machine's clock was moved by more than a minute"), "\(log.suffix(500))")
        let entries = try scene.entries()
        #expect(entries.last?.kind == .clock)
        let now = UInt64(Date().timeIntervalSince1970 * 1000)
        #expect(entries.allSatisfy { $0.time <= now && $0.time + 60_000 > now })
        // Set back, it does not start again on ledgers that are ahead of it.
        if step < 0 {
            #expect(throws: RealSwitch.Failure.self) { try scene.start() }
            let log = try String(contentsOfFile: scene.real.home.path + "/stderr.log", encoding: .utf8)
            #expect(log.contains("the clock was set back"), "\(log.suffix(500))")
        }
        try scene.move(0)
        try scene.start()
        try scene.ask()
        #expect(scene.real.stop() == 0)
        // It ended in good order, so nothing is said of a crash.
        #expect(try !scene.entries().contains { $0.kind == .gap })
    }

    /// A switch whose clock is moved by what a file says.
    private final class Scene {
        let real: RealSwitch
        private let clock: String
        private var link: TestLink?
        private var asked = 0

        init() throws {
            real = try RealSwitch(links: [NodeConfiguration.Link(name: "a", everybody: true)], people: 5)
            clock = real.home.path + "/clock"
            try start()
        }

        func start() throws {
            let port = try real.start(
                [RealSwitch.beside("ComityTestSwitch"), real.configuration, "full", clock], wait: 20)
            if link == nil { link = try TestLink("a", home: real.home) }
            try link!.connect(port: port)
        }

        func move(_ milliseconds: Int) throws {
            try Data("\(milliseconds)".utf8).write(to: URL(fileURLWithPath: clock), options: .atomic)
        }

        func ask() throws {
            asked += 1
            link!.send("DQ.CO0010100.WA.*A00000000\(asked).TXT\r\nRSN/T.OLN/WDL00000012X")
            let asked = asked
            try link!.wait(10) { $0.messages.count == asked }
        }

        func entries() throws -> [LedgerEntry] {
            let store = try StoreReader(path: real.home.store)
            defer { try? store.close() }
            return try store.entries(after: 0, limit: .max).map { try LedgerEntry(decoding: $0.bytes) }
        }

        func wait(until isTrue: ([LedgerEntry]) -> Bool) throws {
            for _ in 0..<500 {
                if isTrue(try entries()) { return }
                usleep(20_000)
            }
            throw RealSwitch.Failure(description: "the clock's entry did not come")
        }
    }
}
