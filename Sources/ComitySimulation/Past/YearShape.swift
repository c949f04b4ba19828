package import ComityMessages

/// How the traffic of a year is spread over its hours: fewer look-ups at night than by day, most on Friday and
/// Saturday, more in summer than in winter. A shape that was drawn up for this project; no measured one is public.
///
/// A place in the year is a number from 0 to 1, the part of the year's traffic that lies before it. Everything that
/// happens is placed so, and only the times depend on the calendar.
package struct YearShape: Hashable, Sendable {
    package let start: Timestamp
    package let end: Timestamp
    /// The traffic up to the beginning of each hour from the start, and all of it at last.
    private let sums: [Double]

    /// Fifty-two whole weeks: nothing is older than the shortest time for which envelopes are kept.
    package static let days = 364

    private static let hourOfDay: [Double] = [
        42, 34, 28, 22, 20, 24, 36, 56, 78, 92, 100, 104, 104, 108, 114, 122, 126, 122, 114, 106, 98, 88, 74,
        58,
    ]
    /// Monday first.
    private static let dayOfWeek: [Double] = [92, 96, 100, 104, 116, 110, 82]
    private static let month: [Double] = [88, 90, 98, 100, 106, 112, 114, 112, 104, 102, 94, 90]
    /// The hour of the middle of the country, in winter.
    private static let hoursBehind = 6

    package init(end: Timestamp, days: Int = YearShape.days) {
        self.end = end
        start = end + .seconds(-86_400 * days)
        var sum = 0.0
        var sums = [sum]
        sums.reserveCapacity(days * 24 + 1)
        for hour in 0..<days * 24 {
            let local = start + .seconds(3600 * (hour - Self.hoursBehind))
            let day = local.day
            let minutes = (local.milliseconds - day.start.milliseconds) / 60_000
            // The first day of 1970 was a Thursday.
            let weekday = ((day.number + 3) % 7 + 7) % 7
            sum +=
                Self.hourOfDay[Int(minutes / 60)] * Self.dayOfWeek[weekday] * Self.month[day.civil.month - 1]
            sums.append(sum)
        }
        self.sums = sums
    }

    /// The moment of a place.
    package func time(at place: Double) -> Timestamp {
        let wanted = min(max(place, 0), 1) * sums[sums.count - 1]
        // The hour in which it lies: the last one that begins before it.
        var (low, high) = (0, sums.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if sums[middle] <= wanted { low = middle } else { high = middle }
        }
        let within = (wanted - sums[low]) / (sums[low + 1] - sums[low])
        return start + .milliseconds(Int64((Double(low) + within) * 3_600_000))
    }

    /// The place of a moment; 0 before the start, 1 after the end.
    package func place(of time: Timestamp) -> Double {
        let hours = Double(time.milliseconds - start.milliseconds) / 3_600_000
        guard hours > 0 else { return 0 }
        guard hours < Double(sums.count - 1) else { return 1 }
        let hour = Int(hours)
        let sum = sums[hour] + (sums[hour + 1] - sums[hour]) * (hours - Double(hour))
        return sum / sums[sums.count - 1]
    }
}
