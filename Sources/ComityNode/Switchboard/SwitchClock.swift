import ComityMessages
import Glibc

/// Wall time in UTC that never goes back: the larger of the clock and what it said before.
///
/// A ledger's times must not go back, whatever somebody does to the machine's clock.
struct SwitchClock {
    private var last: Timestamp

    /// - Parameter floor: the time of the last entry on disk.
    init(floor: Timestamp) { last = floor }

    mutating func now() -> Timestamp {
        last = max(last, Self.wall())
        return last
    }

    static func wall() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
