package import ComityMessages
package import ComityRecords

/// Drives a made-up year through a switch.
package struct PastYear {
    private let events: EventStream
    private let end: Timestamp
    /// Brings the policies of a turn into force.
    private let turn: (Int, Timestamp, inout SimulatedSwitch) throws -> Void

    package init(
        _ events: EventStream, end: Timestamp,
        turn: @escaping (Int, Timestamp, inout SimulatedSwitch) throws -> Void
    ) {
        self.events = events
        self.end = end
        self.turn = turn
    }

    /// - Parameter progress: told from time to time which part is done, from 0 to 1.
    package func run(
        through world: inout SimulatedSwitch, source: SQLRecordSource, progress: (Double) -> Void = { _ in }
    ) throws {
        defer { events.stop() }
        while let (chunk, done) = events.next() {
            for event in chunk {
                switch event {
                case .message(let sending, let content, let at):
                    try world.receive(sending.bytes, content, on: sending.link, at: at)
                case .turn(let number, let at):
                    try world.advance(to: at)
                    try turn(number, at, &world)
                case .outage(let owner, true): world.silent.insert(owner)
                case .outage(let owner, false): source.switchOff(owner)
                case .outageEnds(let owner, true): world.silent.remove(owner)
                case .outageEnds(let owner, false): source.switchOn(owner)
                }
            }
            progress(done)
        }
        try world.advance(to: end)
        try world.end()
        progress(1)
    }
}
