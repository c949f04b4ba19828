import ComityMessages
import ComityService
import Testing

struct PeriodTests {
    private let now = Timestamp("2026-11-23T12:00:00Z")!

    @Test(
        "a period is a month, a day, some days back, or from one day to another; both ends are days in UTC",
        arguments: [
            ("2026-10", "2026-10-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z", "in October 2026"),
            ("2026-12", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z", "in December 2026"),
            ("2026-10-05", "2026-10-05T00:00:00.000Z", "2026-10-06T00:00:00.000Z", "on 2026-10-05"),
            ("7d", "2026-11-16T12:00:00.000Z", "", "in the last 7 days"),
            (
                "2026-10-01..2026-10-05", "2026-10-01T00:00:00.000Z", "2026-10-06T00:00:00.000Z",
                "from 2026-10-01 to 2026-10-05"
            ),
        ])
    func good(_ text: String, _ from: String, _ to: String, _ words: String) throws {
        let period = try Period(text, at: now)
        #expect(period.from?.description == from)
        #expect((period.to?.description ?? "") == to)
        #expect(period.words == words)
    }

    @Test(
        "a period that cannot be read is an error with the forms that can",
        arguments: [
            "", "2026", "2026-13", "2026-02-30", "0d", "-3d", "d", "2026-10-05..2026-10-01", "..",
            "99999999999999999999d",
        ])
    func bad(_ text: String) {
        #expect(throws: ServiceError.self) { try Period(text, at: now) }
    }
}
