/// A moment in UTC, to the millisecond. Values never read a clock; whoever owns a clock passes one in.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

    /// A moment some time later (or earlier).
    public static func + (a: Timestamp, b: Duration) -> Timestamp {
        let (seconds, attoseconds) = b.components
        return Timestamp(milliseconds: a.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    /// The time from one moment to another.
    public static func - (a: Timestamp, b: Timestamp) -> Duration {
        .milliseconds(a.milliseconds - b.milliseconds)
    }

    /// The day in UTC.
    public var day: Day { Day(number: Int(floorDivide(milliseconds, 86_400_000))) }
}

/// A calendar day (proleptic Gregorian), for dates of policies and affiliations.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public var number: Int

    public init(number: Int) { self.number = number }

    /// `nil` if there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
        let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        // Days from civil: years begin in March, so that the leap day comes last.
        let shifted = month <= 2 ? year - 1 : year
        let era = Int(floorDivide(Int64(shifted), 400))
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    public static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    /// Year, month (1...12) and day (1...31).
    public var civil: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = Int(floorDivide(Int64(shifted), 146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// Midnight UTC at its beginning.
    public var start: Timestamp { Timestamp(milliseconds: Int64(number) * 86_400_000) }
}

extension Day: LosslessStringConvertible, Codable {
    /// Reads `2026-01-15`.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `2026-01-15`.
    public var description: String {
        let (year, month, day) = civil
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    public init(from decoder: any Decoder) throws { self = try decoder.lossless("a date such as 2026-01-15") }

    public func encode(to encoder: any Encoder) throws { try encoder.lossless(self) }
}

extension Timestamp: LosslessStringConvertible, Codable {
    /// Reads RFC 3339 in UTC with a `Z`: `2026-01-15T09:31:04Z` or with up to three decimals of a second.
    public init?(_ text: String) {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[1].last == "Z", let day = Day(String(halves[0])) else { return nil }
        let clock = halves[1].dropLast().split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, clock[0].count == 2, clock[1].count == 2 else { return nil }
        let seconds = clock[2].split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(seconds.count), seconds[0].count == 2,
            let hour = Int64(clock[0]), let minute = Int64(clock[1]), let second = Int64(seconds[0]),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second)
        else { return nil }
        var fraction: Int64 = 0
        if seconds.count == 2 {
            guard (1...3).contains(seconds[1].count),
                let read = Int64(String(seconds[1]) + String(repeating: "0", count: 3 - seconds[1].count))
            else { return nil }
            fraction = read
        }
        let start = day.start.milliseconds
        self.init(milliseconds: start + ((hour * 60 + minute) * 60 + second) * 1000 + fraction)
    }

    /// `2026-01-15T09:31:04.118Z`.
    public var description: String {
        let rest = Int(milliseconds - day.start.milliseconds)
        let hour = padded(rest / 3_600_000, 2)
        let minute = padded(rest / 60_000 % 60, 2)
        let second = padded(rest / 1000 % 60, 2)
        return "\(day)T\(hour):\(minute):\(second).\(padded(rest % 1000, 3))Z"
    }

    public init(from decoder: any Decoder) throws {
        self = try decoder.lossless("a time such as 2026-01-15T09:31:04Z")
    }

    public func encode(to encoder: any Encoder) throws { try encoder.lossless(self) }
}

private func floorDivide(_ a: Int64, _ b: Int64) -> Int64 { a >= 0 ? a / b : -((-a + b - 1) / b) }

/// Decimal digits with leading zeros.
func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
