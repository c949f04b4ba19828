import ComityMessages

extension TaxonomyFile {
    struct ClockEntry: Decodable, KnownKeys {
        var businessDays: [Int]
        var begins: String
        var ends: String
        var summerTime: Strict<SummerEntry>?
        var zones: [Strict<ZoneEntry>]

        static let keys: Set<String> = ["businessDays", "begins", "ends", "summerTime", "zones"]

        struct SummerEntry: Decodable, KnownKeys {
            var firstMonth: Int
            var firstSunday: Int
            var lastMonth: Int
            var lastSunday: Int
            var hour: Int

            static let keys: Set<String> = ["firstMonth", "firstSunday", "lastMonth", "lastSunday", "hour"]
        }

        struct ZoneEntry: Decodable, KnownKeys {
            var name: String
            var minutes: Int
            var summerTime: Bool
            var members: [String]

            static let keys: Set<String> = ["name", "minutes", "summerTime", "members"]
        }

        func checked() throws(TaxonomyError) -> LocalClock {
            guard businessDays.allSatisfy({ (1...7).contains($0) }) else {
                throw TaxonomyError(why: "a business day is a number from 1 (Monday) to 7 (Sunday)")
            }
            let first = try Self.minute(begins)
            let last = try Self.minute(ends)
            guard first < last else { throw TaxonomyError(why: "business hours end before they begin") }
            if let summer = summerTime?.value {
                guard (1...12).contains(summer.firstMonth), (1...12).contains(summer.lastMonth),
                    summer.firstMonth < summer.lastMonth, (1...4).contains(summer.firstSunday),
                    (1...4).contains(summer.lastSunday), (1...12).contains(summer.hour)
                else { throw TaxonomyError(why: "`summerTime` names a month, Sunday or hour that is none") }
            }
            var places: [MemberCode: LocalClock.Zone] = [:]
            for zone in zones.map(\.value) {
                guard (-900...900).contains(zone.minutes) else {
                    throw TaxonomyError(why: "zone `\(zone.name)` is more than 15 hours from UTC")
                }
                for word in zone.members {
                    guard let member = MemberCode(word), places[member] == nil else {
                        throw TaxonomyError(why: "zone `\(zone.name)`: `\(word)` is no member or has a zone")
                    }
                    places[member] = LocalClock.Zone(
                        name: zone.name, minutes: zone.minutes, hasSummerTime: zone.summerTime)
                }
            }
            return LocalClock(
                businessDays: Set(businessDays), begins: first, ends: last,
                summerTime: summerTime.map {
                    LocalClock.SummerTime(
                        firstMonth: $0.value.firstMonth, firstSunday: $0.value.firstSunday,
                        lastMonth: $0.value.lastMonth, lastSunday: $0.value.lastSunday, hour: $0.value.hour)
                }, zones: places)
        }

        /// `08:00` as minutes after midnight.
        private static func minute(_ text: String) throws(TaxonomyError) -> Int {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
                let minute = Int(parts[1]), (0...24).contains(hour), (0..<60).contains(minute)
            else { throw TaxonomyError(why: "`\(text)` is not a time such as `08:00`") }
            return hour * 60 + minute
        }
    }
}
