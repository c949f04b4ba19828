import ComityNode
package import ComityStore
import Dispatch
import Synchronization

/// Commits large batches one after the other on a thread of its own, while the next one gathers.
package final class CommitThread: Sendable {
    private let store: any Store
    /// Told of each batch that is durable, on the same thread.
    private let committed: @Sendable (Batch) throws -> Void
    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: waiting)
    private let isDrained = DispatchSemaphore(value: 0)

    private struct State: Sendable {
        var orders: [Order] = []
        var failure: (any Error)?
    }

    private enum Order: Sendable { case commit(Batch), drain, stop }

    /// How many batches may wait.
    private static let waiting = 3

    package init(_ store: any Store, committed: @escaping @Sendable (Batch) throws -> Void = { _ in }) {
        self.store = store
        self.committed = committed
        _ = Worker("commits") { self.run() }
    }

    /// Hands a batch over. Throws what an earlier one failed with: nothing is committed after a failure.
    package func commit(_ batch: Batch) throws {
        room.wait()
        try state.withLock { state in
            state.orders.append(.commit(batch))
            work.signal()
            if let failure = state.failure { throw failure }
        }
    }

    /// Waits until everything that was handed over is durable.
    package func drain() throws {
        state.withLock { $0.orders.append(.drain) }
        work.signal()
        isDrained.wait()
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Ends the thread, after what was handed over before. Nothing may be handed over afterwards.
    package func stop() {
        state.withLock { $0.orders.append(.stop) }
        work.signal()
    }

    private func run() {
        while true {
            work.wait()
            switch state.withLock({ $0.orders.removeFirst() }) {
            case .commit(let batch):
                do {
                    if state.withLock({ $0.failure == nil }) {
                        try store.commit(batch)
                        try committed(batch)
                    }
                } catch {
                    state.withLock { $0.failure = error }
                }
                room.signal()
            case .drain: isDrained.signal()
            case .stop: return
            }
        }
    }
}
