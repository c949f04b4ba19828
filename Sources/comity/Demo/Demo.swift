import ArgumentParser
import ComityMessages
import ComityNode
import ComitySimulation
import Dispatch
import Foundation
import Logging

/// `comity demo`
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A whole small country in one process; prints addresses and things to try.",
        discussion: """
            Makes up people and a year of the whole nation's traffic, drives it through the real switch, then serves and \
            lets a few messages a second go over real links. Nothing in it is real but the agency names.
            """)

    @Flag(help: "End after the past traffic and a few live messages.")
    var once = false

    @Flag(help: "With --once: print one JSON object and nothing else.")
    var json = false

    @Option(
        help: ArgumentHelp(
            "The folder of its home. Only a home that a demo made is replaced.", valueName: "dir"))
    var home = DemoPlan.defaultHome

    @Option(help: "The same seed gives the same people and the same traffic.")
    var seed = DemoPlan.defaultSeed

    @Option(
        help: ArgumentHelp(
            """
            One look-up for so many of the nation's, 1 to \(YearScale.coarsest). Federal families are ten times finer, \
            never finer than 1.
            """, valueName: "n"))
    var scale = YearScale.usual

    func validate() throws {
        guard !json || once else {
            throw ValidationError("--json is for --once: a demo that goes on has no last line; say both")
        }
        guard (1...YearScale.coarsest).contains(scale) else {
            throw ValidationError("--scale is `\(scale)`; it must be between 1 and \(YearScale.coarsest)")
        }
        guard !home.isEmpty else { throw ValidationError("--home is empty; give the path of a folder") }
    }

    func run() throws {
        let began = ContinuousClock.now
        let plan = DemoPlan(home: home, seed: seed, scale: YearScale(scale), end: DemoClock.now())
        if let warning = plan.scale.warning { FileHandle.standardError.write(Data("\(warning)\n".utf8)) }
        let bar = ProgressBar()
        let world = try DemoWorld(plan) { bar.show($0) }
        bar.clear()
        var log = Logger(label: "comity") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .warning
        let demo = try DemoSwitch(world, port: once ? 0 : DemoSwitch.usualPort, log: log)
        if once {
            try runOnce(demo, world, began: began)
        } else {
            try serve(demo, world)
        }
    }

    private func runOnce(_ demo: DemoSwitch, _ world: DemoWorld, began: ContinuousClock.Instant) throws {
        let patience = 10
        for _ in 0..<world.plan.liveMessages { demo.sendOne() }
        let isAnswered = demo.settle(seconds: patience)
        demo.stop()
        guard isAnswered else { throw DemoError.unanswered(seconds: patience) }
        let counts = try DemoCounts(demo.node.home)
        if json {
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            print(
                DemoReport(
                    world, counts, liveMessages: demo.sent, address: demo.address, seconds: seconds
                ).json)
        } else {
            let words = DemoWords(world)
            for line in words.banner(
                version: Comity.configuration.version, address: demo.address, counts: counts)
                + words.stories() + words.toTry(isServing: false)
            { print(line) }
        }
    }

    private func serve(_ demo: DemoSwitch, _ world: DemoWorld) throws {
        let stopped = DispatchSemaphore(value: 0)
        let signals = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                // A second one ends at once.
                signal(number, SIG_DFL)
                stopped.signal()
            }
            source.resume()
            return source
        }
        // `comity` verbs that stop a switch ask it over its control socket.
        let node = demo.node
        Thread.detachNewThread {
            node.waitForStopRequest()
            stopped.signal()
        }
        let words = DemoWords(world)
        let start = try DemoCounts(demo.node.home)
        for line in words.banner(version: Comity.configuration.version, address: demo.address, counts: start)
            + words.stories() + words.toTry(isServing: true)
        { print(line) }
        fflush(nil)
        let pause = DispatchTimeInterval.milliseconds(1000 / world.plan.livePerSecond)
        let messagesBetweenLines = world.plan.livePerSecond * 10
        while stopped.wait(timeout: .now() + pause) == .timedOut {
            demo.sendOne()
            guard demo.sent % messagesBetweenLines == 0 else { continue }
            demo.settle(seconds: 1)
            let counts = try DemoCounts(demo.node.home)
            print(words.live(counts, since: start, sent: demo.sent, at: DemoClock.now()))
            fflush(nil)
        }
        print("\n  Stopping: look-ups that have begun are finished first.")
        demo.stop()
        node.requestStop()
        withExtendedLifetime(signals) {}
    }
}
