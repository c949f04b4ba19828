import ComityExchange
import ComityLedger
import ComityMessages
import ComityNode
import ComityStore
import ComityTestSupport

/// A writer over a store in memory, which can be stopped and started like a process.
struct WriterScene {
    let store = MemoryStore()
    let sealer = SwitchKeySealer(key: [UInt8](repeating: 7, count: 32))!
    private(set) var writer: LedgerWriter
    private var appends: UInt64 = 0

    init(hoursEach: UInt64 = 1) throws {
        writer = try Self.writer(on: store, sealer: sealer, open: [], hoursEach: hoursEach)
    }

    /// What the next process does first.
    mutating func restart(open: [OpenQuestions.Item] = [], hoursEach: UInt64 = 1) throws {
        writer = try Self.writer(on: store, sealer: sealer, open: open, hoursEach: hoursEach)
    }

    /// The mail that the next process would find waiting, as `session:number`.
    func waiting() throws -> [String] {
        try RecoveredMail(try store.recover(), sealer: sealer, switchName: "hub").letters
            .map { "\($0.mail.session.number):\($0.mail.sequence)" }
    }

    /// One commit of one append.
    mutating func commit(_ fill: (inout Append) -> Void) throws {
        appends += 1
        var append = Append(number: appends)
        fill(&append)
        _ = try writer.write([append])
    }

    /// One commit with so many entries, spread over a few ledgers.
    mutating func commit(entries: Int, seed: UInt64) throws {
        var random = Seeded(seed)
        try commit { append in
            append.drafts = (0..<entries).map { number in
                let owner = ["WA", "TX", "NY", "OR"][Int.random(in: 0..<4, using: &random)]
                let ledger = LedgerName(switch: "hub", lane: owner, year: 2026)!
                return .other(
                    .gap(
                        GapEntry(
                            ledger: ledger, time: 1, since: UInt64(number), unfinished: seed % 1000,
                            reason: "restart")),
                    body: nil)
            }
        }
    }

    /// One commit with one entry of no look-up.
    mutating func note(in ledger: String) throws {
        let ledger = LedgerName(ledger)!
        try commit { append in
            append.drafts = [
                .other(
                    .gap(GapEntry(ledger: ledger, time: 2, since: 1, unfinished: 0, reason: "restart")),
                    body: nil)
            ]
        }
    }

    private static func writer(
        on store: MemoryStore, sealer: SwitchKeySealer, open: [OpenQuestions.Item], hoursEach: UInt64
    ) throws -> LedgerWriter {
        let recovered = try store.recover()
        return try LedgerWriter(
            store: store, sealer: sealer,
            epochs: EpochKeys(
                sealer: sealer, switchName: "hub", hoursEach: hoursEach, recipients: Self.recipients),
            recovered: recovered,
            mail: try RecoveredMail(recovered, sealer: sealer, switchName: "hub"), open: open,
            switchName: "hub", fresh: freshBytes())
    }

    /// One key for each who may open bodies; the same one for the same name.
    static let recipients: @Sendable (EpochHolder) throws -> [(role: EpochRole, key: RecipientKey)] = {
        holder in
        holder.roles.map { ($0, secret($0, holder.member).recipient) }
    }

    static func secret(_ role: EpochRole, _ member: String) -> RecipientSecret {
        var bytes = Array("\(role.rawValue) \(member)".utf8)
        bytes += [UInt8](repeating: 1, count: 32 - bytes.count)
        return RecipientSecret(bytes)!
    }

    /// Bytes that never come twice, for nonces.
    private static func freshBytes() -> FreshBytes {
        FreshBytes { (0..<4096).map { _ in UInt8.random(in: 0...255) } }
    }
}

extension SessionState {
    /// A session whose link has acknowledged mail up to a number.
    static func session(_ id: Int64, sent: UInt64, delivered: UInt64) -> SessionState {
        SessionState(
            id: SessionID(id), link: "link-\(id)", name: "a", received: 0, sent: sent, delivered: delivered)
    }
}
