package import ComityMessages

/// A stretch of time that a person names: a month, a day, the last so many days, or from one day to another.
package struct Period: Hashable, Sendable {
    /// The first moment; `nil` from the beginning.
    package let from: Timestamp?
    /// The first moment after; `nil` until now.
    package let to: Timestamp?
    /// For the sentence: `in October 2026`.
    package let words: String

    /// Everything that was ever recorded.
    package static let always = Period(from: nil, to: nil, words: "since the records here begin")

    private init(from: Timestamp?, to: Timestamp?, words: String) {
        self.from = from
        self.to = to
        self.words = words
    }

    /// Reads `2026-10`, `2026-10-05`, `7d` (the last seven times 24 hours) or `2026-10-01..2026-10-05` (both days
    /// count). Days are days in UTC.
    package init(_ text: String, at now: Timestamp) throws(ServiceError) {
        if let day = Day(text) {
            self.init(from: day.start, to: Day(number: day.number + 1).start, words: "on \(day)")
        } else if let first = Day(text + "-01") {
            let (year, month, _) = first.civil
            let next = Day(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
            self.init(from: first.start, to: next?.start, words: "in \(Self.months[month - 1]) \(year)")
        } else if text.hasSuffix("d"), let days = Int(text.dropLast()), (1...36_500).contains(days) {
            self.init(
                from: now + .seconds(-86_400 * days), to: nil,
                words: days == 1 ? "in the last 24 hours" : "in the last \(days) days")
        } else if let dots = text.firstRange(of: ".."), let from = Day(String(text[..<dots.lowerBound])),
            let to = Day(String(text[dots.upperBound...])), from <= to
        {
            self.init(
                from: from.start, to: Day(number: to.number + 1).start, words: "from \(from) to \(to)")
        } else {
            throw ServiceError(
                "period-unreadable", "the period `\(text)` cannot be read",
                next: "write 2026-10, 2026-10-05, 7d or 2026-10-01..2026-10-05")
        }
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]
}
