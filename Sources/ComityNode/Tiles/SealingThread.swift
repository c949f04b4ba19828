import ComityLedger
import ComityMessages
import ComityStore
import ComityStoreSQLite
import Dispatch
import Glibc
import Logging
import Synchronization

/// Seals every ledger that grew, once a minute and at the end, and keeps the seals beside the database: whoever puts
/// back an older database, or rewrites one, has them against him.
///
/// It reads what is durable, on a connection of its own; no commit waits for it.
final class SealingThread: Sendable {
    private let store: StoreReader
    private let shelf: SealShelf
    private let key: MemorySealingKey
    private let log: Logger
    private let wake = DispatchSemaphore(value: 0)
    private let isStopped = Atomic(false)

    private static let seconds = 60

    init(home: Home, key: MemorySealingKey, log: Logger) throws {
        store = try StoreReader(path: home.store)
        shelf = SealShelf(home)
        self.key = key
        self.log = log
    }

    func run() {
        var sealed: [String: UInt64] = [:]
        while true {
            _ = wake.wait(timeout: .now() + .seconds(Self.seconds))
            let isLast = isStopped.load(ordering: .acquiring)
            do {
                for head in try store.heads() where head.size > sealed[head.name] ?? 0 {
                    try seal(head)
                    sealed[head.name] = head.size
                }
            } catch {
                log.error("ledgers could not be sealed", metadata: ["why": "\(error)"])
            }
            if isLast { break }
        }
        try? store.close()
    }

    /// Seals what is there now, and ends.
    func stop() {
        isStopped.store(true, ordering: .releasing)
        wake.signal()
    }

    private func seal(_ head: HeadRow) throws {
        guard let name = LedgerName(head.name), let root = LedgerHash(head.root) else { return }
        // Somebody who exports or proves may have sealed a later state meanwhile.
        if let kept = try shelf.seal(of: name, key: key.verifierKey(of: name)), kept.size >= head.size {
            return
        }
        let now = UInt64(max(0, SwitchClock.wall().milliseconds / 1000))
        try shelf.keep(try Seal(name, size: head.size, root: root, time: now, key: key))
    }
}
