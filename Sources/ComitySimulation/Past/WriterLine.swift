package import ComityExchange
import ComityLedger
package import ComityNode
import Dispatch
import Synchronization

/// The ledger writer on a thread of its own, some steps behind the machine.
///
/// Only for traffic that was never real: the machine is told where its entries stand, and goes on, before they are
/// written. The writer writes the same entries in the same order, several appends in one commit, and every place that it
/// gives is compared with the one that the machine was told.
package final class WriterLine: Sendable {
    private let state: Mutex<State>
    private let work = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: waiting)
    private let isDrained = DispatchSemaphore(value: 0)

    private struct Step: Sendable {
        let append: Append
        let places: [EntryPlace]
    }

    private enum Order: Sendable { case write([Step]), drain, stop }

    private struct State: Sendable {
        var places = EntryPlaces()
        var gathered: [Step] = []
        var orders: [Order] = []
        var failure: (any Error)?
    }

    /// Appends in one commit. Always so many, so that the same seed gives the same bytes.
    private static let appends = 48
    /// How many commits may wait.
    private static let waiting = 8

    /// - Parameter make: makes the writer, on a store that is empty.
    package init(_ make: @escaping @Sendable () throws -> LedgerWriter) {
        state = Mutex(State())
        _ = Worker("ledgers") { self.run(make) }
    }

    /// Takes an append, and says where its entries will stand.
    package func write(_ append: Append) throws -> [EntryPlace] {
        let (places, isFull) = try state.withLock { state throws in
            if let failure = state.failure { throw failure }
            let places = state.places.places(of: append.drafts)
            state.gathered.append(Step(append: append, places: places))
            return (places, state.gathered.count >= Self.appends)
        }
        if isFull { pass() }
        return places
    }

    /// Waits until everything is written.
    package func drain() throws {
        pass()
        state.withLock { $0.orders.append(.drain) }
        work.signal()
        isDrained.wait()
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Ends the thread, after what was taken before.
    package func stop() {
        state.withLock { $0.orders.append(.stop) }
        work.signal()
    }

    private func pass() {
        room.wait()
        state.withLock { state in
            state.orders.append(.write(state.gathered))
            state.gathered.removeAll(keepingCapacity: true)
        }
        work.signal()
    }

    private func run(_ make: () throws -> LedgerWriter) {
        var writer: LedgerWriter?
        do { writer = try make() } catch { state.withLock { $0.failure = error } }
        while true {
            work.wait()
            switch state.withLock({ $0.orders.removeFirst() }) {
            case .write(let steps):
                do {
                    if state.withLock({ $0.failure == nil }) { try write(steps, with: &writer!) }
                } catch {
                    state.withLock { $0.failure = error }
                }
                room.signal()
            case .drain: isDrained.signal()
            case .stop: return
            }
        }
    }

    private func write(_ steps: [Step], with writer: inout LedgerWriter) throws {
        guard !steps.isEmpty else { return }
        let receipts = try writer.write(steps.map(\.append)).receipts
        guard receipts.map(\.places) == steps.map(\.places) else { throw OtherPlaces() }
    }

    /// The machine was told of places that the writer does not give.
    struct OtherPlaces: Error, CustomStringConvertible {
        var description: String { "entries do not stand where they were expected; begin the demo anew" }
    }
}
