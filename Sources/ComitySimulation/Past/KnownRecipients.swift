package import ComityLedger
package import ComityNode
import Synchronization

/// The recipients' keys, each read from its file once: a year needs each some hundreds of times.
package final class KnownRecipients: Sendable {
    private let keys: RecipientKeys
    private let known = Mutex<[EpochHolder: [(role: EpochRole, key: RecipientKey)]]>([:])

    package init(_ keys: RecipientKeys) { self.keys = keys }

    package func recipients(of holder: EpochHolder) throws -> [(role: EpochRole, key: RecipientKey)] {
        if let found = known.withLock({ $0[holder] }) { return found }
        let read = try keys.recipients(of: holder)
        known.withLock { $0[holder] = read }
        return read
    }
}
