import ArgumentParser
import ComityNode
import ComitySimulation
import Foundation

/// `comity bench ledger`
struct BenchLedger: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract:
            "What the ledger costs: appending, verifying and proving in memory, and writing to the disk.")

    @Option(help: "Entries appended and verified.") var entries = 1_000_000
    @Option(help: "Leaves of the tree that proofs are taken from.") var proofLeaves = 10_000_000
    @Option(help: "Proofs taken.") var proofs = 2000
    @Option(help: "Seconds for which entries are written to the disk.") var seconds = 5.0
    @Option(help: "Look-ups under way at once while they are.") var underWay = 64
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard entries > 0, proofLeaves > 0, proofs > 0, seconds > 0, underWay > 0 else {
            throw ValidationError(
                "--entries, --proof-leaves, --proofs, --seconds and --under-way are numbers above 0")
        }
    }

    func run() throws {
        var benchmark = LedgerBenchmark()
        benchmark.entries = entries
        benchmark.proofLeaves = proofLeaves
        benchmark.proofs = proofs
        benchmark.seconds = seconds
        benchmark.lookupsUnderWay = underWay
        let report = try benchmark.run()
        if json {
            print(String(decoding: try JSONEncoder.readable.encode(report), as: UTF8.self))
            return
        }
        print(
            """
            \(Int(report.appendedPerSecond)) entries a second appended and hashed in memory, \(Int(report.bytesPerEntry)) bytes each
              \(Int(report.verifiedPerSecond)) a second verified against tiles and seal, by \(report.verifyThreads) threads
              \(Int(report.auditedPerSecond)) a second checked in every field and held against the rules, \(Int(report.auditedPerSecondByOne)) by one thread
              \(Int(report.sealsPerSecond)) seals a second, \(Int(report.datedSealsPerSecond)) dated ones
            \(Int(report.endToEndEntriesPerSecond)) entries a second written with envelopes, seals and a flush for each commit, \(report.lookupsUnderWay) look-ups under way
              \(report.commits) commits of \(String(format: "%.1f", report.entriesPerCommit)) entries and \(String(format: "%.1f", report.sealsPerCommit)) seals each
            a proof from \(report.proofLeaves) entries: half within \(report.coldProofMicrosecondsP50) µs, the longest \(report.coldProofMicrosecondsMost) µs
              with tiles read before: half within \(report.warmProofMicrosecondsP50) µs, the longest \(report.warmProofMicrosecondsMost) µs
              of growth: half within \(report.consistencyMicrosecondsP50) µs, the longest \(report.consistencyMicrosecondsMost) µs
            this machine: \(Int(report.machine.sha256BytesPerSecond / 1e6)) MB/s SHA-256, \(Int(report.machine.ed25519SignsPerSecond)) signatures and \
            \(Int(report.machine.ed25519VerifiesPerSecond)) checks a second, \(Int(report.machine.fdatasyncsPerSecond)) flushes a second
            """)
    }
}
