import ComityMessages
import ComityNode
import Synchronization
import Testing

/// The two clocks of a machine, set by a test.
private final class Hands: Sendable {
    private let state = Mutex((wall: Int64(1_790_000_000_000), steady: Int64(5_000_000)))

    var sources: SwitchClock.Sources {
        SwitchClock.Sources(
            wall: { Timestamp(milliseconds: self.state.withLock { $0.wall }) },
            steady: { .milliseconds(self.state.withLock { $0.steady }) })
    }

    /// Time passes.
    func pass(_ milliseconds: Int64) {
        state.withLock { state in
            state.wall += milliseconds
            state.steady += milliseconds
        }
    }

    /// Somebody moves the clock.
    func move(_ milliseconds: Int64) { state.withLock { $0.wall += milliseconds } }

    var wall: Int64 { state.withLock { $0.wall } }
}

@Suite("The clock of a switch")
struct ClockTests {
    @Test("time that passes is no step, however long it takes")
    func passes() {
        let hands = Hands()
        var clock = SwitchClock(floor: Timestamp(milliseconds: 0), sources: hands.sources)
        for length: Int64 in [1, 999, 60_000, 86_400_000, 0] {
            hands.pass(length)
            #expect(clock.now().milliseconds == hands.wall)
        }
        #expect(clock.takeSteps().isEmpty)
    }

    @Test("a step of more than two seconds is told once, with both times", arguments: [2001, 30_000, 60_000])
    func steps(length: Int64) {
        for sign: Int64 in [1, -1] {
            let hands = Hands()
            var clock = SwitchClock(floor: Timestamp(milliseconds: 0), sources: hands.sources)
            let before = clock.now()
            hands.pass(1000)
            hands.move(sign * length)
            let after = clock.now()
            let steps = clock.takeSteps()
            #expect(steps.count == 1 && steps[0].endsTheSwitch == false)
            #expect(steps[0].expected == before + .milliseconds(1000))
            #expect(steps[0].length == .milliseconds(sign * length))
            #expect(after >= before, "times went back")
            hands.pass(1000)
            _ = clock.now()
            #expect(clock.takeSteps().isEmpty)
        }
    }

    @Test("a step of two seconds is none, but small ones add up")
    func small() {
        let hands = Hands()
        var clock = SwitchClock(floor: Timestamp(milliseconds: 0), sources: hands.sources)
        hands.move(2000)
        _ = clock.now()
        #expect(clock.takeSteps().isEmpty)
        hands.move(500)
        _ = clock.now()
        #expect(clock.takeSteps().map(\.length) == [.milliseconds(2500)])
    }

    @Test(
        "a step of more than a minute ends the switch, and its times go on as if nobody had moved the clock")
    func far() {
        for length: Int64 in [60_001, 3_600_000, -60_001, -86_400_000] {
            let hands = Hands()
            var clock = SwitchClock(floor: Timestamp(milliseconds: 0), sources: hands.sources)
            let before = clock.now()
            hands.move(length)
            #expect(clock.now() == before)
            #expect(clock.takeSteps().map(\.endsTheSwitch) == [true])
            hands.pass(700)
            #expect(clock.now() == before + .milliseconds(700))
            #expect(clock.takeSteps().isEmpty)
        }
    }

    @Test("times are never earlier than the last entry on disk")
    func floor() {
        let hands = Hands()
        let floor = Timestamp(milliseconds: hands.wall + 40_000)
        var clock = SwitchClock(floor: floor, sources: hands.sources)
        #expect(clock.now() == floor)
        hands.pass(50_000)
        #expect(clock.now().milliseconds == hands.wall)
    }
}
