import ComityLedger
import ComityService

/// What a verification found, as JSON and as a table.
struct LedgerReport: Encodable {
    struct Ledger: Encodable {
        let ledger: String
        let entries: UInt64
        let root: String
        /// The size that was sealed before, if any was.
        let sealed: UInt64?
        let lookups: UInt64
        let closings: UInt64
        let unfinished: UInt64
        let releasedInPart: UInt64
        let kinds: [String: UInt64]
        let endings: [String: UInt64]
        let findings: [String]
    }

    let sound: Bool
    let lookups: UInt64
    let entriesPerLookup: Double
    let entries: UInt64
    let findings: [String]
    /// How many ledgers were held against a seal.
    let seals: Int
    /// Envelopes opened and held against their entries.
    let envelopesCompared: Int
    /// Envelopes that no key here opens, by owner; those beside the operations ledger under `NL`.
    let envelopesNotCompared: [String: Int]
    /// Entries whose envelope was erased, with an entry that says so.
    let envelopesErased: Int
    let ledgers: [Ledger]

    init(_ verification: LedgerVerification, seals: [Seal] = [], sealFindings: [String] = []) {
        sound = verification.isSound && sealFindings.isEmpty
        self.seals = seals.count
        envelopesCompared = verification.envelopesCompared
        envelopesNotCompared = verification.envelopesNotCompared
        envelopesErased = verification.envelopesErased
        let sealed = Dictionary(seals.map { ($0.ledger, $0.size) }, uniquingKeysWith: max)
        lookups = verification.lookups
        entriesPerLookup = verification.entriesPerLookup
        entries = verification.reports.reduce(0) { $0 + $1.size }
        findings = sealFindings + verification.storeFindings
        ledgers = verification.reports.map { report in
            let counts = report.counts
            let further = report.furtherFindings > 0 ? ["and \(report.furtherFindings) more"] : []
            return Ledger(
                ledger: report.ledger.description, entries: report.size, root: report.root.description,
                sealed: sealed[report.ledger], lookups: counts.kinds[.question] ?? 0,
                closings: counts.kinds[.closing] ?? 0,
                unfinished: counts.unfinished, releasedInPart: counts.releasedInPart,
                kinds: Dictionary(uniqueKeysWithValues: counts.kinds.map { ($0.key.rawValue, $0.value) }),
                endings: Dictionary(uniqueKeysWithValues: counts.endings.map { ("\($0.key)", $0.value) }),
                findings: report.findings.map(\.description) + further)
        }
    }

    /// One row a ledger, and the total.
    var table: Table {
        var table = Table(
            ["ledger", "entries", "look-ups", "ended", "unfinished", "findings"], numbers: [1, 2, 3, 4, 5])
        for ledger in ledgers {
            table.add(
                [ledger.ledger]
                    + [ledger.entries, ledger.lookups, ledger.closings, ledger.unfinished].map(String.init)
                    + ["\(ledger.findings.count)"])
        }
        let sums = [\Ledger.entries, \.lookups, \.closings, \.unfinished].map { path in
            String(ledgers.reduce(0) { $0 + $1[keyPath: path] })
        }
        table.add(["Total"] + sums + ["\(findings.count + ledgers.reduce(0) { $0 + $1.findings.count })"])
        return table
    }
}
