import ComityMessages
import Logging

/// What a switch does about a machine's clock that was moved.
enum ClockFaults {
    /// The exit status of a switch that ended because the clock was moved too far (`EX_OSERR` of sysexits).
    static let status: Int32 = 71

    /// Says it in the log.
    static func log(_ step: SwitchClock.Step, to log: Logger) {
        log.critical(
            "the machine's clock was moved by more than a minute; this switch stops, and no entry has the new time",
            metadata: [
                "seconds": "\(step.length.components.seconds)", "expected": "\(step.expected)",
                "found": "\(step.found)",
                "next": "set the clock right, then start again",
            ])
    }
}

/// Why a switch does not start at this time.
struct ClockStartError: Error, CustomStringConvertible {
    let last: Timestamp
    let now: Timestamp

    /// - Throws: if the clock says a time from which the ledgers would have to stand still for more than a minute.
    static func check(last: Timestamp, now: Timestamp) throws(ClockStartError) {
        if last - now > SwitchClock.mostFollowed { throw ClockStartError(last: last, now: now) }
    }

    var description: String {
        "the machine's clock says \(now), but the ledgers of this home have entries of \(last): the clock was set back; "
            + "set it right, then start again"
    }
}
