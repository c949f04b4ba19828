public import ComityMessages

/// When offices are open, in each owner's own time. Data of the taxonomy: no table of time zones is asked, so
/// that the same look-up always gets the same value.
public struct LocalClock: Hashable, Sendable {
    /// The time of one part of the country; a state with two is given that of its capital.
    public struct Zone: Hashable, Sendable {
        /// What it is called.
        public let name: String
        /// Minutes ahead of UTC in winter; to the west less than zero.
        public let minutes: Int
        /// Whether clocks are set forward by an hour in summer.
        public let hasSummerTime: Bool

        public init(name: String, minutes: Int, hasSummerTime: Bool) {
            self.name = name
            self.minutes = minutes
            self.hasSummerTime = hasSummerTime
        }
    }

    /// From a Sunday of one month to a Sunday of another.
    public struct SummerTime: Hashable, Sendable {
        public let firstMonth: Int
        /// Which Sunday of the month: 2 is the second.
        public let firstSunday: Int
        public let lastMonth: Int
        public let lastSunday: Int
        /// The hour, as clocks then show it, at which they are set.
        public let hour: Int

        public init(firstMonth: Int, firstSunday: Int, lastMonth: Int, lastSunday: Int, hour: Int) {
            self.firstMonth = firstMonth
            self.firstSunday = firstSunday
            self.lastMonth = lastMonth
            self.lastSunday = lastSunday
            self.hour = hour
        }
    }

    /// The days on which offices are open: 1 Monday to 7 Sunday.
    public let businessDays: Set<Int>
    /// Minutes after midnight at which they open, and at which they are closed.
    public let begins: Int
    public let ends: Int
    /// When clocks are set forward; `nil` never.
    public let summerTime: SummerTime?
    /// The members with a zone.
    public let zones: [MemberCode: Zone]

    public init(
        businessDays: Set<Int>, begins: Int, ends: Int, summerTime: SummerTime?, zones: [MemberCode: Zone]
    ) {
        self.businessDays = businessDays
        self.begins = begins
        self.ends = ends
        self.summerTime = summerTime
        self.zones = zones
    }

    /// What the time is like for an owner.
    public enum Hours: String, Hashable, Sendable {
        case business = "business-hours"
        case after = "after-hours"
        case weekend
    }

    /// What the time is like at an owner's place; `nil` if its zone is not listed.
    public func hours(of owner: MemberCode, at time: Timestamp) -> Hours? {
        guard let zone = zones[owner] else { return nil }
        let shift = zone.minutes + (zone.hasSummerTime && isSummer(time, zone) ? 60 : 0)
        let local = Timestamp(milliseconds: time.milliseconds &+ Int64(shift) * 60_000)
        guard businessDays.contains(Self.weekday(local.day)) else { return .weekend }
        let minute = Int((local.milliseconds - local.day.start.milliseconds) / 60_000)
        return (begins..<ends).contains(minute) ? .business : .after
    }

    private func isSummer(_ time: Timestamp, _ zone: Zone) -> Bool {
        guard let summerTime else { return false }
        let winter = Timestamp(milliseconds: time.milliseconds &+ Int64(zone.minutes) * 60_000)
        let year = winter.day.civil.year
        guard let first = Self.sunday(summerTime.firstSunday, of: summerTime.firstMonth, year),
            let last = Self.sunday(summerTime.lastSunday, of: summerTime.lastMonth, year)
        else { return false }
        // In winter time throughout; in autumn clocks show an hour more when they are set back.
        let begins = first.start.milliseconds + Int64(summerTime.hour) * 3_600_000
        let ends = last.start.milliseconds + Int64(summerTime.hour - 1) * 3_600_000
        return (begins..<max(begins, ends)).contains(winter.milliseconds)
    }

    /// The n-th Sunday of a month.
    private static func sunday(_ number: Int, of month: Int, _ year: Int) -> Day? {
        guard let first = Day(year: year, month: month, day: 1) else { return nil }
        return Day(number: first.number + (7 - weekday(first)) + 7 * (number - 1))
    }

    /// 1 Monday to 7 Sunday. The first day of 1970 was a Thursday.
    static func weekday(_ day: Day) -> Int { ((day.number + 3) % 7 + 7) % 7 + 1 }
}
