package import ComityMessages
import Glibc

/// Wall time in UTC that never goes back: the larger of the clock and what it said before.
///
/// A ledger's times must not go back, whatever somebody does to the machine's clock. What somebody does to it is seen by
/// a second clock, which nobody can set: the two must go on together.
package struct SwitchClock {
    /// Where the time comes from; a test gives its own.
    package struct Sources: Sendable {
        /// The machine's clock.
        package var wall: @Sendable () -> Timestamp
        /// Time that has passed since some moment. It is never set; it goes on while the machine sleeps.
        package var steady: @Sendable () -> Duration

        package init(
            wall: @escaping @Sendable () -> Timestamp, steady: @escaping @Sendable () -> Duration
        ) {
            self.wall = wall
            self.steady = steady
        }

        /// The machine's own.
        package static let machine = Sources(wall: SwitchClock.wall, steady: SwitchClock.steady)
    }

    /// The clock was moved.
    package struct Step: Hashable, Sendable {
        /// What it should have said.
        package let expected: Timestamp
        /// What it said.
        package let found: Timestamp

        /// How far it was moved; negative if backwards.
        package var length: Duration { found - expected }

        /// Whether it was moved so far that its times cannot be gone on with.
        package var endsTheSwitch: Bool { abs(length) > SwitchClock.mostFollowed }
    }

    /// Differences up to this are no step: reading two clocks takes a moment, and a leap second is one second.
    package static let leastStep = Duration.seconds(2)
    /// Steps up to this are followed and recorded; a longer one ends the switch.
    package static let mostFollowed = Duration.seconds(60)

    private let sources: Sources
    private var last: Timestamp
    /// What the wall clock says when the steady one is at nothing, as of the last step.
    private var origin: Timestamp
    /// Steps that nobody has asked for yet.
    private var steps: [Step] = []
    /// Whether the clock was moved too far: then the steady one alone counts.
    private var isLost = false

    /// - Parameter floor: the time of the last entry on disk.
    package init(floor: Timestamp, sources: Sources = .machine) {
        self.sources = sources
        last = floor
        let (wall, steady) = Self.both(sources)
        origin = wall + (.zero - steady)
    }

    package mutating func now() -> Timestamp {
        let (found, steady) = Self.both(sources)
        let step = Step(expected: origin + steady, found: found)
        if !isLost, abs(step.length) > Self.leastStep {
            steps.append(step)
            isLost = step.endsTheSwitch
            if !isLost { origin = origin + step.length }
        }
        last = max(last, isLost ? step.expected : found)
        return last
    }

    /// Both clocks at one moment: a thread that was stopped between two readings must not look like a clock that was moved.
    private static func both(_ sources: Sources) -> (wall: Timestamp, steady: Duration) {
        var before = sources.steady()
        while true {
            let wall = sources.wall()
            let after = sources.steady()
            if after - before < .milliseconds(100) { return (wall, before) }
            before = after
        }
    }

    /// The steps since this was last asked, in order.
    package mutating func takeSteps() -> [Step] {
        guard !steps.isEmpty else { return [] }
        defer { steps = [] }
        return steps
    }

    package static func wall() -> Timestamp { Timestamp(milliseconds: read(CLOCK_REALTIME)) }

    /// Unlike `CLOCK_MONOTONIC` this goes on while the machine sleeps, as the wall clock does.
    package static func steady() -> Duration { .milliseconds(read(CLOCK_BOOTTIME)) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

private func abs(_ duration: Duration) -> Duration { duration < .zero ? .zero - duration : duration }
