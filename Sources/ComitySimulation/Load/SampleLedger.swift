import ComityLedger

/// A made-up lane of questions and closings as a switch writes them, for measuring.
struct SampleLedger {
    static let name = LedgerName("bench/lane/WA/2026")!
    private static let start: UInt64 = 1_790_000_000_000
    private var numbers: Numbers

    init(seed: UInt64) { numbers = Numbers(seed) }

    /// A quick source of numbers that are the same for the same seed (SplitMix64).
    struct Numbers {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }

        mutating func hash() -> LedgerHash {
            var bytes: [UInt8] = []
            for _ in 0..<4 { withUnsafeBytes(of: next()) { bytes.append(contentsOf: $0) } }
            return LedgerHash(bytes) ?? .zero
        }
    }

    /// The leaf of a number, for trees whose entries do not matter.
    static func leaf(_ number: UInt64) -> LedgerHash {
        Merkle.leafHash(withUnsafeBytes(of: number.bigEndian) { Array($0) })
    }

    /// The entry that opens the ledger, then questions and closings in turn.
    func entries(_ count: Int) throws -> [[UInt8]] {
        var numbers = numbers
        var entries = [try LedgerEntry.open(OpenEntry(ledger: Self.name, time: Self.start)).encode()]
        entries.reserveCapacity(count)
        let versions = EntryVersions(
            taxonomy: numbers.hash(), directory: numbers.hash(), floor: numbers.hash(), policy: numbers.hash()
        )
        while entries.count < count {
            let time = Self.start + UInt64(entries.count)
            let transaction = TransactionID(high: numbers.next(), low: numbers.next())
            let question = QuestionEntry(
                ledger: Self.name, time: time, transaction: transaction,
                message: MessageID(high: numbers.next(), low: numbers.next()), agency: "DXICE0100", key: "DQ",
                facts: [.text("DXICE0100"), .text("federal"), .texts(["US.DHS.ICE"]), .absent, .number(3)],
                versions: versions, noDecisionOnFile: false, gate: .open, groups: 7, withheld: 8,
                deciding: ["WA-2"], matched: ["WA-2", "WA-9"], body: Commitment(numbers.hash()))
            let closing = ClosingEntry(
                ledger: Self.name, time: time, transaction: transaction, question: UInt64(entries.count),
                ending: .release, records: 1, given: 7, deciding: ["WA-2"], versions: versions,
                answer: Commitment(numbers.hash()))
            entries.append(try LedgerEntry.question(question).encode())
            if entries.count < count { entries.append(try LedgerEntry.closing(closing).encode()) }
        }
        return entries
    }
}
