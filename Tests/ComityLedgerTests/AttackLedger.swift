import ComityLedger
import ComityTestSupport

/// A made-up ledger with its tiles and seal, for tests that attack it.
struct AttackLedger {
    static let name = LedgerName("hub/lane/WA/2026")!
    static let start: UInt64 = 1_790_000_000_000
    /// A made-up key; the seconds are those of the last entry.
    static let key = MemorySealingKey(secret: [UInt8](repeating: 7, count: 32))!

    var entries: [[UInt8]]
    var tiles: Tiles

    var size: UInt64 { UInt64(entries.count) }
    var verifierKey: VerifierKey { Self.key.verifierKey(of: Self.name) }

    /// - Parameter count: with the entry that opens the ledger; then questions and closings in turn.
    init(_ count: Int, seed: UInt64 = 1) throws {
        var random = Seeded(seed)
        var entries = [try LedgerEntry.open(OpenEntry(ledger: Self.name, time: Self.start)).encode()]
        let versions = random.versions()
        while entries.count < count {
            let time = Self.start + UInt64(entries.count) * 10
            let transaction = random.transaction()
            let question = QuestionEntry(
                ledger: Self.name, time: time, transaction: transaction,
                message: MessageID(high: random.next(), low: random.next()), agency: "DXICE0100", key: "DQ",
                facts: [.text("DXICE0100"), .text("federal"), .texts(["US.DHS.ICE"]), .absent, .number(3)],
                versions: versions, noDecisionOnFile: false, gate: .open, groups: 7, withheld: 8,
                deciding: ["WA-2"], matched: ["WA-2", "WA-9"], body: Commitment(random.hash()))
            let closing = ClosingEntry(
                ledger: Self.name, time: time, transaction: transaction, question: UInt64(entries.count),
                ending: .release, records: 1, given: 7, deciding: ["WA-2"], versions: versions,
                answer: Commitment(random.hash()))
            entries.append(try LedgerEntry.question(question).encode())
            if entries.count < count { entries.append(try LedgerEntry.closing(closing).encode()) }
        }
        try self.init(entries)
    }

    init(_ entries: [[UInt8]]) throws {
        self.entries = entries
        tiles = try Tiles(entries[...])
    }

    /// A seal of the present state, dated as an honest switch would.
    func seal(time: UInt64? = nil) throws -> Seal {
        let time = time ?? Self.start / 1000 + size
        return try Seal(Self.name, size: size, root: tiles.root, time: time, key: Self.key)
    }

    /// What an outsider finds who has the key, the files, a seal, and the seals that he saw before.
    func audit(_ seal: Seal, seen: [Seal] = []) throws -> SealedAudit {
        try SealedAudit(Seal(seal.bytes, key: verifierKey), seen: seen, source: tiles.memory)
    }
}
