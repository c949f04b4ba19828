package import ComityStoreSQLite
import Dispatch
package import Logging
import Synchronization

/// Copies the store's log into its file every so often, so that no commit waits for it.
package final class CheckpointThread: Sendable {
    private let checkpointer: Checkpointer
    private let log: Logger
    private let wake = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    private struct State {
        var commits = 0
        /// Nearly everything has just been copied: the moment to start the log anew.
        var isCopied = false
        var isStopped = false
    }

    package init(store: String, log: Logger) throws {
        checkpointer = try Checkpointer(path: store)
        self.log = log
    }

    /// Commits between two checkpoints: some tens of megabytes of log under full load.
    private static let every = 512

    /// Called by the writer's thread after each commit.
    package func committed(_ store: SQLiteStore) {
        let (isDue, isCopied) = state.withLock { state in
            state.commits += 1
            defer { state.isCopied = false }
            return (state.commits % Self.every == 0, state.isCopied)
        }
        // What the checkpoint left is little, so starting the log anew on this thread is quick.
        if isCopied { try? store.restartLogIfLarge() }
        if isDue { wake.signal() }
    }

    package func run() {
        while true {
            wake.wait()
            if state.withLock({ $0.isStopped }) { break }
            do {
                try checkpointer.run()
                state.withLock { $0.isCopied = true }
            } catch {
                log.warning("a checkpoint did not run; the next will", metadata: ["why": "\(error)"])
            }
        }
        try? checkpointer.close()
    }

    package func stop() {
        state.withLock { $0.isStopped = true }
        wake.signal()
    }
}
