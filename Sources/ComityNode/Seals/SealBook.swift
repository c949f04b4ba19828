package import ComityLedger
import Synchronization

/// The newest seal of each ledger in a running switch, for proofs.
package final class SealBook: Sendable {
    private let seals = Mutex<[LedgerName: Seal]>([:])

    package init() {}

    /// The newest seal of a ledger; `nil` until it was sealed by this process.
    package func seal(of ledger: LedgerName) -> Seal? { seals.withLock { $0[ledger] } }

    /// The newest seal of every ledger that was sealed by this process, by name.
    var all: [Seal] { seals.withLock { $0.values.sorted { $0.ledger < $1.ledger } } }

    func put(_ seal: Seal) { seals.withLock { $0[seal.ledger] = seal } }
}
