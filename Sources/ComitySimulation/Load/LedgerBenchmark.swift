import ComityLedger
import ComityNode
import ComityService
import Dispatch
import Foundation
import Glibc

/// Measures what a ledger costs: appending, verifying and proving in memory, and writing with envelopes, seals and a store
/// that flushes.
package struct LedgerBenchmark: Sendable {
    /// Entries appended and verified.
    package var entries = 1_000_000
    /// Leaves of the tree that proofs are taken from.
    package var proofLeaves = 10_000_000
    /// Proofs taken, at places drawn from the seed.
    package var proofs = 2000
    package var seed: UInt64 = 1
    /// How long the store is measured.
    package var seconds = 5.0
    /// Look-ups under way at once while it is.
    package var lookupsUnderWay = 64
    /// Where the disk is measured.
    package var folder = "."

    package init() {}

    /// The figures of one run.
    package struct Report: Sendable, Codable {
        package var entries: Int
        package var bytesPerEntry: Double
        /// Encoded entries hashed, and made into tiles and bundles, by one thread.
        package var appendedPerSecond: Double
        /// Encoded entries hashed into a growing root, by one thread: what a commit needs.
        package var hashedPerSecond: Double
        /// Entries held against tiles, and tiles against a sealed root, by every processor at once.
        package var verifiedPerSecond: Double
        package var verifyThreads: Int
        /// Entries checked in every field and held against the rules of a ledger and its root, by every processor at once:
        /// what `comity ledger verify` does with what it has read.
        package var auditedPerSecond: Double
        /// The same by one thread.
        package var auditedPerSecondByOne: Double
        /// Entries written by the real writer, with envelopes, seals and a store that flushes at each commit, as batches gather.
        package var endToEndEntriesPerSecond: Double
        package var lookupsUnderWay: Int
        package var commits: Int
        package var entriesPerCommit: Double
        /// Signed states of ledgers for each of those commits.
        package var sealsPerCommit: Double
        /// The part of one processor that they took.
        package var sealingShare: Double
        package var endToEndCpuMicrosecondsPerEntry: Double
        /// Seals a second, by one thread; a dated one has two signatures.
        package var sealsPerSecond: Double
        package var datedSealsPerSecond: Double
        package var proofLeaves: Int
        package var proofs: Int
        /// Proofs by a reader that starts with nothing read: each with a cache of its own.
        package var coldProofMicrosecondsP50: Double
        package var coldProofMicrosecondsP99: Double
        package var coldProofMicrosecondsMost: Double
        /// Proofs by a reader that goes on.
        package var warmProofMicrosecondsP50: Double
        package var warmProofMicrosecondsP99: Double
        package var warmProofMicrosecondsMost: Double
        package var consistencyMicrosecondsP50: Double
        package var consistencyMicrosecondsMost: Double
        package var machine: LedgerRates
    }

    /// What was measured is wrong, so nothing is reported.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package func run() throws -> Report {
        let machine = try LedgerRates.measure(folder: folder)
        let sample = SampleLedger(seed: seed)
        let encoded = try sample.entries(entries)
        let bytes = encoded.reduce(0) { $0 + $1.count }

        var frontier = MerkleFrontier()
        let hashing = Self.seconds { for entry in encoded { frontier.append(Merkle.leafHash(entry)) } }

        var (builder, files) = (TileBuilder(), [TilePath: [UInt8]]())
        let appending = try Self.seconds {
            for entry in encoded { try builder.append(entry) { files[$0] = $1 } }
            try builder.partials { files[$0] = $1 }
        }
        guard builder.root == frontier.root else { throw Failure(description: "the tiles have another root") }

        let key = MemorySealingKey(secret: [UInt8](repeating: 7, count: 32))!
        let seal = try Seal(SampleLedger.name, size: builder.size, root: builder.root, key: key)
        let sealing = try LedgerRates.rate(seconds: 0.5) {
            _ = try Seal(SampleLedger.name, size: builder.size, root: builder.root, key: key)
        }
        let dating = try LedgerRates.rate(seconds: 0.5) {
            _ = try Seal(
                SampleLedger.name, size: builder.size, root: builder.root, time: 1_790_000_000, key: key)
        }

        let source = MemoryTiles(files)
        var findings: [TileFinding] = []
        let verifying = try Self.seconds { findings = try SealedFiles.findings(seal, source: source) }
        guard findings.isEmpty else { throw Failure(description: "a sound ledger was not found sound") }

        let auditing = try Self.seconds { try audit(encoded, seal, byAll: true) }
        let auditingAlone = try Self.seconds { try audit(encoded, seal, byAll: false) }

        let folder = self.folder + "/ledger-line-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var line = LedgerLine()
        line.seconds = seconds
        line.lookupsUnderWay = lookupsUnderWay
        let written = try line.run(in: folder)

        let proofs = try measureProofs()
        return Report(
            entries: entries, bytesPerEntry: Double(bytes) / Double(entries),
            appendedPerSecond: (Double(entries) / appending).rounded(),
            hashedPerSecond: (Double(entries) / hashing).rounded(),
            verifiedPerSecond: (Double(entries) / verifying).rounded(),
            verifyThreads: ProcessInfo.processInfo.activeProcessorCount,
            auditedPerSecond: (Double(entries) / auditing).rounded(),
            auditedPerSecondByOne: (Double(entries) / auditingAlone).rounded(),
            endToEndEntriesPerSecond: written.entriesPerSecond.rounded(), lookupsUnderWay: lookupsUnderWay,
            commits: written.commits, entriesPerCommit: written.entriesPerCommit,
            sealsPerCommit: written.sealsPerCommit, sealingShare: written.sealingShare,
            endToEndCpuMicrosecondsPerEntry: written.cpuMicrosecondsPerEntry,
            sealsPerSecond: sealing.rounded(),
            datedSealsPerSecond: dating.rounded(), proofLeaves: proofLeaves, proofs: self.proofs,
            coldProofMicrosecondsP50: proofs.cold.p50, coldProofMicrosecondsP99: proofs.cold.p99,
            coldProofMicrosecondsMost: proofs.cold.most, warmProofMicrosecondsP50: proofs.warm.p50,
            warmProofMicrosecondsP99: proofs.warm.p99, warmProofMicrosecondsMost: proofs.warm.most,
            consistencyMicrosecondsP50: proofs.consistency.p50,
            consistencyMicrosecondsMost: proofs.consistency.most, machine: machine)
    }

    /// Entries of which outlines are made at once: as many as `comity ledger verify` reads.
    private static let step = 5000

    private func audit(_ entries: [[UInt8]], _ seal: Seal, byAll: Bool) throws {
        var audit = LedgerAudit(of: SampleLedger.name)
        let mark = LedgerMark(SampleLedger.name)
        if byAll {
            var parts = stride(from: 0, to: entries.count, by: Self.step).map {
                entries[$0..<min(entries.count, $0 + Self.step)]
            }[...]
            var underWay = parts.popFirst().map { Outlines.begin($0, mark: mark) }
            while let now = underWay {
                let outlines = now.wait()
                underWay = parts.popFirst().map { Outlines.begin($0, mark: mark) }
                for outline in outlines { audit.add(outline) }
            }
        } else {
            for entry in entries { audit.add(entry) }
        }
        guard audit.report(size: seal.size, root: seal.root).isSound else {
            throw Failure(description: "sound entries were not found sound")
        }
    }

    /// Times of one kind of proof, in microseconds.
    struct Times {
        var p50 = 0.0
        var p99 = 0.0
        var most = 0.0

        init(_ seconds: [Double]) {
            let sorted = seconds.sorted().map { ($0 * 1e7).rounded() / 10 }
            guard let last = sorted.last else { return }
            (p50, p99, most) = (sorted[sorted.count / 2], sorted[sorted.count * 99 / 100], last)
        }
    }

    private func measureProofs() throws -> (cold: Times, warm: Times, consistency: Times) {
        var (builder, files) = (TileBuilder(keepsEntries: false), [TilePath: [UInt8]]())
        var random = SampleLedger.Numbers(seed)
        for number in 0..<UInt64(proofLeaves) {
            try builder.append(leafHash: SampleLedger.leaf(number)) { files[$0] = $1 }
        }
        try builder.partials { files[$0] = $1 }
        let (source, size, root) = (MemoryTiles(files), builder.size, builder.root)
        var warm = TiledTree(size: size, source: source)
        var (coldTimes, warmTimes, growthTimes): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<proofs {
            let index = random.next() % size
            var (proof, again): ([LedgerHash], [LedgerHash]) = ([], [])
            coldTimes.append(
                try Self.seconds {
                    var tree = TiledTree(size: size, source: source)
                    proof = try tree.inclusionProof(index: index)
                })
            warmTimes.append(try Self.seconds { again = try warm.inclusionProof(index: index) })
            guard proof == again,
                Merkle.verifyInclusion(
                    leafHash: SampleLedger.leaf(index), index: index, size: size, proof: proof, root: root)
            else { throw Failure(description: "the proof of leaf \(index) does not hold") }
            var growth: [LedgerHash] = []
            growthTimes.append(try Self.seconds { growth = try warm.consistencyProof(from: index + 1) })
            guard
                Merkle.verifyConsistency(
                    from: index + 1, root: try warm.root(size: index + 1), to: size, root: root, proof: growth
                )
            else { throw Failure(description: "the proof of growth from \(index + 1) does not hold") }
        }
        return (Times(coldTimes), Times(warmTimes), Times(growthTimes))
    }

    private static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let begin = DispatchTime.now().uptimeNanoseconds
        try work()
        return Double(DispatchTime.now().uptimeNanoseconds - begin) / 1e9
    }
}
