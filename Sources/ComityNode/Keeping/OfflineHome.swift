package import ComityExchange
import ComityLedger
import ComityMessages
import ComityService
import ComityStore
import ComityStoreSQLite
import Foundation

/// A home on which no switch runs, taken for a moment to write on its ledgers as its switch would.
package final class OfflineHome {
    private let lock: HomeLock
    private let store: SQLiteStore
    private var writer: LedgerWriter
    private let reader: HomeReader
    private let sealingKey: MemorySealingKey
    private var last: Timestamp
    private var appends: UInt64 = 0

    /// - Throws: `HomeError.owned` if a process has it; what a switch that starts would say.
    package init(_ reader: HomeReader) throws {
        self.reader = reader
        let configuration = reader.configuration
        lock = try HomeLock(reader.home)
        let sealer = SwitchKeySealer(
            key: try KeyFile.load(configuration.keyFile ?? configuration.home + ".key"))!
        sealingKey = try SealingKeyFile.load(configuration.sealingKeyPath)
        store = try SQLiteStore(path: reader.home.store)
        let recovered = try store.recover()
        _ = try SealShelf(configuration.sealedPath).check(recovered.heads, key: sealingKey)
        let name = configuration.name
        let mail = try RecoveredMail(recovered, sealer: sealer, switchName: name)
        let remains = try Remains(
            recovered, mail: mail,
            epochs: RecoveredEpochs(recovered, sealer: sealer, switchName: name), store: store,
            queue: RecoveredQueue(recovered, sealer: sealer, switchName: name), duplicateTime: .zero,
            duplicateLimit: 0)
        writer = try LedgerWriter(
            store: store, sealer: sealer,
            epochs: EpochKeys(
                sealer: sealer, switchName: name,
                recipients: try RecipientKeys(folder: configuration.recipientKeysFolder).recipients),
            recovered: recovered, mail: mail, open: remains.open.map(OpenQuestions.Item.init),
            switchName: name, fresh: SecureBytes.fresh())
        last = try store.lastTime(recovered)
    }

    /// Makes something durable, and says where its entries stand.
    package func commit(_ keeping: Keeping) throws -> [EntryPlace] {
        last = max(last, SwitchClock.wall())
        appends += 1
        let append = Append(
            number: appends, keeping, at: last, control: LedgerName(controlOf: reader.configuration.name)!,
            lane: { [last, name = reader.configuration.name] owner in
                LedgerName(switch: name, lane: owner, year: last.day.civil.year)
            })
        return try writer.write([append]).receipts.first?.places ?? []
    }

    /// Seals what grew, and lets go of the home.
    package func close() throws {
        defer { lock.release() }
        try SealShelf(reader.configuration.sealedPath)
            .keep(store.heads(), key: sealingKey, at: SwitchClock.wall())
        // Cuts the log to nothing.
        try store.close()
    }
}

extension SQLiteStore {
    /// The time of the last entry; the beginning of all time if there is none.
    func lastTime(_ recovered: Recovered) throws -> Timestamp {
        guard recovered.lastEntry > 0,
            let row = try entries(after: recovered.lastEntry - 1, limit: 1).first
        else { return Timestamp(milliseconds: 0) }
        return Timestamp(milliseconds: Int64(clamping: try LedgerEntry(decoding: row.bytes).time))
    }
}

extension OpenQuestions.Item {
    /// A question that the last process left open.
    package init(_ question: Remains.OpenQuestion) {
        var aside: OpenQuestions.Aside = []
        if question.heldUntil != nil { aside.insert(.held) }
        if question.isQueued { aside.insert(.queued) }
        self.init(
            lookup: question.entry.transaction, entry: question.id, keyHour: question.keyHour, aside: aside)
    }
}
