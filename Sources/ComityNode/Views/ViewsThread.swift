import ComityPolicy
import ComityService
import ComityStore
import ComityStoreSQLite
import Dispatch
import Glibc
import Logging
import Synchronization

/// Brings the read models up to date after commits, on a thread and connections of its own: a look-up never waits
/// for it.
final class ViewsThread: Sendable {
    private let store: StoreReader
    private let views: SQLiteViews
    private let projection: Projection
    private let taxonomy: Taxonomy
    private let meter = Mutex(LookupMeter())
    private let log: Logger
    private let wake = DispatchSemaphore(value: 0)
    private let state = Mutex(State())

    private struct State {
        var isAwake = false
        var isStopped = false
    }

    init(home: Home, store: String, taxonomy: Taxonomy, log: Logger) throws {
        self.store = try StoreReader(path: store)
        views = try SQLiteViews(path: home.views)
        projection = Projection(taxonomy: taxonomy)
        self.taxonomy = taxonomy
        self.log = log
    }

    /// Entries read at once: a step takes some tens of milliseconds at most.
    private static let step = 2000
    /// The pause between two steps under load: many entries cost less together than one by one.
    private static let pause: UInt32 = 200_000

    /// Called by the writer's thread after each commit.
    func committed() {
        let mustWake = state.withLock { state in
            defer { state.isAwake = true }
            return !state.isAwake
        }
        if mustWake { wake.signal() }
    }

    func run() {
        while true {
            wake.wait()
            let isStopped = state.withLock { state in
                state.isAwake = false
                return state.isStopped
            }
            catchUp()
            if isStopped { break }
            usleep(Self.pause)
        }
        try? views.close()
        try? store.close()
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        wake.signal()
    }

    /// What was counted since the start.
    var counts: LookupMeter { meter.withLock { $0 } }

    /// Takes in everything that was committed so far.
    func catchUp() {
        do {
            try projection.catchUp(views, from: store, step: Self.step) { entry, facts in
                meter.withLock { $0.add(entry, facts: facts, taxonomy: taxonomy) }
            }
        } catch {
            log.error(
                "the read models lag; `comity rebuild` makes them anew", metadata: ["why": "\(error)"])
        }
    }
}
