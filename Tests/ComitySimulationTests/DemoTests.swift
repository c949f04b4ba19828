import ComityLedger
import ComityMessages
import ComityNode
import ComitySimulation
import Logging
import Testing

import class Foundation.FileManager

@Suite("A small country with its past")
struct DemoTests {
    @Test("Equal seeds give equal outcomes on whatever day it runs, another seed gives others")
    func seeds() throws {
        func outcomes(seed: UInt64, end: String) throws -> [Outcome: Int] {
            let folder = try Folder()
            let world = try DemoWorld(folder.plan(seed: seed, end: end))
            let counts = try DemoCounts(Home(world.configuration.home))
            #expect(counts.underWay == 0)
            return counts.outcomes
        }
        let first = try outcomes(seed: 5, end: "2026-11-20T12:00:00Z")
        // Another year, other weekdays, and another hour of the day.
        let again = try outcomes(seed: 5, end: "2027-01-30T03:17:09Z")
        let other = try outcomes(seed: 6, end: "2026-11-20T12:00:00Z")
        #expect(first == again)
        #expect(first != other)
        for outcome in Outcome.allCases where outcome != .passedOn {
            #expect(first[outcome, default: 0] > 0, "\(outcome) must occur")
        }
    }

    @Test("After a live phase over real links, the outcomes add up to the look-ups in the ledgers")
    func live() throws {
        let folder = try Folder()
        let world = try DemoWorld(folder.plan(seed: 9))
        let before = try DemoCounts(Home(world.configuration.home))
        var log = Logger(label: "test")
        log.logLevel = .critical
        let demo = try DemoSwitch(world, port: 0, log: log)
        for _ in 0..<25 { demo.sendOne() }
        let isAnswered = demo.settle(seconds: 20)
        demo.stop()
        #expect(isAnswered)
        let counts = try DemoCounts(demo.node.home)
        #expect(counts.underWay == 0)
        #expect(counts.lookups >= before.lookups + 25)
        #expect(counts.outcomes.values.reduce(0, +) == counts.lookups)
        #expect(try questions(in: demo.node.home) == counts.lookups)
    }

    @Test("Only a home that a demo made is replaced")
    func replacing() throws {
        let folder = try Folder()
        let files = FileManager.default
        try files.createDirectory(atPath: folder.home, withIntermediateDirectories: true)
        let precious = folder.home + "/precious.txt"
        #expect(files.createFile(atPath: precious, contents: nil))
        #expect(throws: DemoError.self) { try DemoHome(folder.home) }
        #expect(files.fileExists(atPath: precious))
        // With the marker it is a demo's, and may go.
        #expect(files.createFile(atPath: folder.home + "/" + DemoHome.marker, contents: nil))
        _ = try DemoHome(folder.home)
        #expect(!files.fileExists(atPath: precious))
        #expect(files.fileExists(atPath: folder.home + "/" + DemoHome.marker))
    }

    @Test("A home that a running switch holds is not replaced")
    func heldHome() throws {
        let folder = try Folder()
        let first = try DemoHome(folder.home)
        #expect(throws: HomeError.self) { try DemoHome(folder.home) }
        withExtendedLifetime(first) {}
    }
}
