import Dispatch
import Synchronization

/// Where one thread leaves work for another: many put, one takes everything at once.
///
/// Taking everything at once is what makes batches, and with them group commit, without any timer: while the
/// taker is busy, the next batch gathers.
package final class Inbox<Item: Sendable>: Sendable {
    private struct State {
        var items: [Item] = []
        var isWaiting = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    package init() {}

    /// Leaves items in order. After `close` they are dropped: nobody will take them.
    package func put(_ items: consuming [Item]) {
        guard !items.isEmpty else { return }
        let mustWake = state.withLock { state in
            guard !state.isClosed else { return false }
            if state.items.isEmpty { state.items = items } else { state.items += items }
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if mustWake { wake.signal() }
    }

    package func put(_ item: consuming Item) {
        let item = item
        let mustWake = state.withLock { state in
            guard !state.isClosed else { return false }
            state.items.append(item)
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if mustWake { wake.signal() }
    }

    /// Nothing more will be put; the taker gets what is there and then `nil`.
    package func close() {
        let mustWake = state.withLock { state in
            state.isClosed = true
            defer { state.isWaiting = false }
            return state.isWaiting
        }
        if mustWake { wake.signal() }
    }

    /// Waits until there is something or the time is up, and takes all of it; `nil` once closed and empty.
    package func take(waitingAtMost wait: Duration? = nil) -> [Item]? {
        let deadline = wait.map { DispatchTime.now() + .nanoseconds(Int($0 / .nanoseconds(1))) }
        while true {
            let (items, isClosed) = state.withLock { state -> ([Item], Bool) in
                if state.items.isEmpty {
                    state.isWaiting = !state.isClosed
                    return ([], state.isClosed)
                }
                let items = state.items
                state.items = []
                state.items.reserveCapacity(items.count)
                return (items, false)
            }
            if !items.isEmpty { return items }
            if isClosed { return nil }
            guard let deadline else {
                wake.wait()
                continue
            }
            if wake.wait(timeout: deadline) == .timedOut {
                let late = state.withLock { state -> [Item] in
                    // If somebody put in between, a signal is on its way; it is harmless, the loop reads again.
                    state.isWaiting = false
                    defer { state.items = [] }
                    return state.items
                }
                return late
            }
        }
    }

    /// How many items wait.
    package var count: Int { state.withLock { $0.items.count } }
}
