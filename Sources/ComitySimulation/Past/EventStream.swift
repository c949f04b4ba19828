import ComityNode
import Dispatch
import Synchronization

/// The events of a year, made on a thread of its own ahead of the switch that takes them, some hundreds at a time.
package final class EventStream: Sendable {
    private let chunks = Mutex<[Chunk]>([])
    private let isStopped = Atomic<Bool>(false)
    private let made = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: waiting)

    private struct Chunk: Sendable {
        let events: [PastEvent]
        let done: Double
    }

    private static let size = 256
    /// How many chunks may wait.
    private static let waiting = 16

    package init(_ year: YearOfTraffic) {
        _ = Worker("traffic") { self.make(year) }
    }

    private func make(_ year: YearOfTraffic) {
        var year = year
        while true {
            room.wait()
            if isStopped.load(ordering: .relaxed) { return }
            var events: [PastEvent] = []
            events.reserveCapacity(Self.size)
            while events.count < Self.size, let event = year.next() { events.append(event) }
            let chunk = Chunk(events: events, done: year.done)
            chunks.withLock { $0.append(chunk) }
            made.signal()
            if events.isEmpty { return }
        }
    }

    /// The next events, and which part of the year is made with them; `nil` at the end.
    package func next() -> (events: [PastEvent], done: Double)? {
        made.wait()
        let chunk = chunks.withLock { $0.removeFirst() }
        room.signal()
        return chunk.events.isEmpty ? nil : (chunk.events, chunk.done)
    }

    /// Nothing more will be taken.
    package func stop() {
        isStopped.store(true, ordering: .relaxed)
        room.signal()
    }
}
