import ComityExchange
package import ComityLedger
import ComityStore

/// The epoch keys of the present epoch, an hour: made when a holder's first look-up in it is recorded, in the same commit.
///
/// The switch keeps a copy of each under its own key as long as a look-up under way may have to be taken up again; then
/// it cannot open the bodies any more, and neither can anybody who has its disk and its key.
package struct EpochKeys {
    private let sealer: any BodySealer
    private let recipients: @Sendable (EpochHolder) throws -> [(role: EpochRole, key: RecipientKey)]
    private let operations: LedgerName
    /// Hours for which limits need what the messages say.
    private let hoursKept: UInt64
    private let hoursEach: UInt64
    private var hour: UInt64 = 0
    private var keys: [EpochHolder: EpochKey] = [:]

    /// - Parameters:
    ///   - sealer: seals the switch's own copies.
    ///   - hoursKept: how many hours back the switch must be able to open bodies, besides those of look-ups under way.
    ///   - hoursEach: the length of an epoch.
    ///   - recipients: who may open a holder's bodies.
    package init(
        sealer: any BodySealer, switchName: String, hoursKept: UInt64 = 0, hoursEach: UInt64 = 1,
        recipients: @escaping @Sendable (EpochHolder) throws -> [(role: EpochRole, key: RecipientKey)]
    ) {
        self.sealer = sealer
        operations = LedgerName(operationsOf: switchName)!
        self.hoursKept = hoursKept
        self.hoursEach = hoursEach
        self.recipients = recipients
    }

    /// The keys for a body: the owner's, and the requester's if its member is known.
    ///
    /// - Parameter oldestOpen: the oldest hour of a key that a look-up under way needs.
    mutating func keys(
        owner: String, requester: String?, at time: UInt64, oldestOpen: () -> UInt64?,
        fresh: inout FreshBytes,
        batch: inout Batch
    ) throws -> [EpochKey] {
        // An entry's time may lie a moment before that of the one before it, in another ledger; the hour only rises.
        let now = max(hour, EpochKey.hour(of: time) / hoursEach * hoursEach)
        if now > hour {
            keys.removeAll()
            let needed = min(oldestOpen() ?? now, now)
            batch.forgetEpochsBefore = min(needed, now - min(now, hoursKept))
            hour = now
        }
        var result = [try key(.owner(owner), &fresh, &batch)]
        if let requester { result.append(try key(.requester(requester), &fresh, &batch)) }
        return result
    }

    private mutating func key(
        _ holder: EpochHolder, _ fresh: inout FreshBytes, _ batch: inout Batch
    ) throws -> EpochKey {
        if let known = keys[holder] { return known }
        let id = fresh.word()
        let secret = Array(fresh.take(32))
        let epoch = EpochKey(id: id, holder: holder, hour: hour, key: secret)!
        let wrapped = try WrappedEpoch(epoch, for: try recipients(holder))
        batch.epochs.append(
            EpochRow(
                id: id, holder: holder.description, hour: hour, wraps: wrapped.encodedWraps,
                own: try sealer.seal(secret, at: .epoch(id, in: operations), nonce: fresh.nonce())))
        keys[holder] = epoch
        return epoch
    }
}

extension BodyPlace {
    /// The switch's own copy of an epoch key is sealed to its row.
    static func epoch(_ id: UInt64, in operations: LedgerName) -> BodyPlace {
        BodyPlace(.epoch, ledger: operations, transaction: TransactionID(high: id, low: 0))
    }
}
