import ComityMessages
import ComityNode
import Foundation

/// Measures a real switch in a process of its own: real TCP, a real store that flushes at each commit, and a load
/// generator on the same processors.
package struct ExchangeBenchmark: Sendable {
    package var links = 64
    package var depth = 1
    package var seconds = 20.0
    package var refusedPercent = 0
    /// Between an answer and the next question of its link: 0 is as fast as it goes.
    package var pauseMilliseconds = 0
    /// Whether all kinds of look-up are asked; licences and plates in turn otherwise.
    package var isMixed = false
    /// What is wrong with one member, whom other links ask all the time; those are not counted.
    package var trouble = MemberInTrouble.Trouble.none
    /// Whether the switch is one without envelopes and seals: what they cost.
    package var isBare = false
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
        /// Signed states of ledgers for each commit: less than the ledgers that a commit touched if commits come faster than
        /// the sealing thread's share of a processor allows.
        package var sealsPerCommit: Double
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
        /// Answers that came from, or for, the member in trouble meanwhile; 0 if there was none.
        package var troubledAnswers: Int
        package var home: String
    }

    package func run() throws -> Report {
        ResidentMemory.raiseFileLimit()
        let names = (0..<links).map { "bench-\($0)" }
        let child = try ChildSwitch(
            folder: home, program: program,
            links: names + (trouble == .none ? [] : MemberInTrouble.links), isBare: isBare,
            answering: trouble == .none ? [:] : [MemberInTrouble.owner: MemberInTrouble.link])
        defer { child.stop() }
        let member = trouble == .none ? nil : try MemberInTrouble(trouble, of: child)
        defer { member?.end() }
        let rates = try MachineRates.measure(connections: links, folder: home)
        let identities = try names.map(child.identity)
        var plan = LoadPlan(
            population: child.population, asker: ORI("CO0010100")!, refusedAsker: ORI("DXICE0100")!,
            refusingOwners: [MemberCode("WA")!, MemberInTrouble.owner], refusedPercent: refusedPercent)
        plan.isMixed = isMixed
        let before = try child.status()
        let result = try LoadGenerator(plan, depth: depth, pauseMilliseconds: pauseMilliseconds)
            .run(
                identities, host: "127.0.0.1", port: child.port, seconds: seconds,
                warmUp: 2 + Double(links) / 200)
        let after = try child.status()
        // The switch's own counters span the warm-up too, so they are set against its own look-ups.
        let served = max(1, (after.entries - before.entries) / 2)
        let commits = max(1, after.commits - before.commits)
        return Report(
            lookupsPerSecond: (Double(result.lookups) / seconds).rounded(),
            p50Milliseconds: result.p50Milliseconds, p99Milliseconds: result.p99Milliseconds,
            cpuMicrosecondsPerLookup: Double(after.cpuMicroseconds - before.cpuMicroseconds) / Double(served),
            commits: commits, rowsPerCommit: Double(after.rows - before.rows) / Double(commits),
            sealsPerCommit: Double(after.seals - before.seals) / Double(commits),
            rowsPerLookup: Double(after.rows - before.rows) / Double(served),
            entriesPerLookup: Double(after.entries - before.entries) / Double(served),
            lookups: result.lookups,
            refusedShare: Double(result.refused) / Double(max(1, result.lookups)), wrongAnswers: result.wrong,
            firstFault: result.firstFault, machineEchoesPerSecond: rates.echoesPerSecond.rounded(),
            machineFdatasyncsPerSecond: rates.fdatasyncsPerSecond.rounded(),
            troubledAnswers: member?.answers ?? 0, home: home)
    }
}
