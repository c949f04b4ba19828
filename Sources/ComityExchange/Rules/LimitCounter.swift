import ComityMessages
import ComityPolicy

/// How many look-ups each limit has seen in the present period.
///
/// It grows with the agencies, families and subjects that ask or are asked about in one period, and is emptied when the
/// next begins.
struct LimitCounter {
    private var windows: [LimitName: Window] = [:]

    private struct Window {
        var period: Int64
        var counts: [Key: Int] = [:]
    }

    private struct Key: Hashable {
        let key: LimitKey
        /// Whom the look-up asks about, where that is what is counted. Those of which it is not known count together.
        let subject: DuplicateKey?
    }

    /// Counts a look-up.
    ///
    /// - Parameters:
    ///   - keys: as `CompiledPolicy.counted` gives them.
    ///   - subject: whom it asks about, hashed.
    /// - Returns: the limits that it exceeds. One of a period that is over counts nowhere, and exceeds nothing.
    mutating func count(
        _ keys: [(limit: LimitRule, key: LimitKey)], subject: DuplicateKey?, at time: Timestamp
    ) -> [LimitName] {
        var over: [LimitName] = []
        for (rule, key) in keys {
            let period = rule.limit.period.number(of: time)
            var window = windows.removeValue(forKey: rule.name) ?? Window(period: period)
            if window.period < period { window = Window(period: period) }
            if window.period == period {
                let counted = Key(key: key, subject: key == .subject ? subject : nil)
                window.counts[counted, default: 0] += 1
                if window.counts[counted]! > rule.limit.most { over.append(rule.name) }
            }
            windows[rule.name] = window
        }
        return over
    }
}

extension LookupLimit.Period {
    /// The number of the period in which a moment lies, counted from 1970 (months: from the year 0).
    func number(of time: Timestamp) -> Int64 {
        switch self {
        case .hour: Int64(time.day.number) * 24 + (time - time.day.start).components.seconds / 3600
        case .day: Int64(time.day.number)
        case .month: Int64(time.day.civil.year * 12 + time.day.civil.month)
        }
    }

    /// How long it lasts at most, in hours.
    var longestHours: UInt64 {
        switch self {
        case .hour: 1
        case .day: 24
        case .month: 31 * 24
        }
    }

    /// When the period began in which a moment lies.
    func start(of time: Timestamp) -> Timestamp {
        switch self {
        case .hour: time.day.start + .seconds((time - time.day.start).components.seconds / 3600 * 3600)
        case .day: time.day.start
        case .month: Day(number: time.day.number - time.day.civil.day + 1).start
        }
    }
}
