import ArgumentParser
import ComityNode
import ComitySimulation
import Foundation

/// `comity bench ledger`
struct BenchLedger: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "What the ledger costs in memory: appending, verifying, proving.")

    @Option(help: "Entries appended and verified.") var entries = 1_000_000
    @Option(help: "Leaves of the tree that proofs are taken from.") var proofLeaves = 10_000_000
    @Option(help: "Proofs taken.") var proofs = 2000
    @Flag(help: "Print one JSON object.") var json = false

    func validate() throws {
        guard entries > 0, proofLeaves > 0, proofs > 0 else {
            throw ValidationError("--entries, --proof-leaves and --proofs are numbers above 0")
        }
    }

    func run() throws {
        var benchmark = LedgerBenchmark()
        benchmark.entries = entries
        benchmark.proofLeaves = proofLeaves
        benchmark.proofs = proofs
        let report = try benchmark.run()
        if json {
            print(String(decoding: try JSONEncoder.readable.encode(report), as: UTF8.self))
            return
        }
        print(
            """
            \(Int(report.appendedPerSecond)) entries a second appended and hashed in memory, \(Int(report.bytesPerEntry)) bytes each
              \(Int(report.verifiedPerSecond)) a second verified against tiles and seal, by \(report.verifyThreads) threads
              \(Int(report.auditedPerSecond)) a second decoded and held against the rules, by one
              \(Int(report.sealsPerSecond)) seals a second, \(Int(report.datedSealsPerSecond)) dated ones
            a proof from \(report.proofLeaves) entries: half within \(report.coldProofMicrosecondsP50) µs, the longest \(report.coldProofMicrosecondsMost) µs
              with tiles read before: half within \(report.warmProofMicrosecondsP50) µs, the longest \(report.warmProofMicrosecondsMost) µs
              of growth: half within \(report.consistencyMicrosecondsP50) µs, the longest \(report.consistencyMicrosecondsMost) µs
            this machine: \(Int(report.machine.sha256BytesPerSecond / 1e6)) MB/s SHA-256, \(Int(report.machine.ed25519SignsPerSecond)) signatures and \
            \(Int(report.machine.ed25519VerifiesPerSecond)) checks a second, \(Int(report.machine.fdatasyncsPerSecond)) flushes a second
            """)
    }
}
