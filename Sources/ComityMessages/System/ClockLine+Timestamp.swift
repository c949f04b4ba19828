extension ClockLine {
    /// The clock line of a moment: Mountain Standard Time, seven hours behind UTC all year, and a counter that
    /// is written with five digits and so begins again after 99,999.
    public init(_ moment: Timestamp, count: Int) {
        let local = moment + .seconds(-7 * 3600)
        let (year, month, day) = local.day.civil
        let minutes = Int((local.milliseconds - local.day.start.milliseconds) / 60_000)
        self.init(
            time: "\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))",
            date: "\(padded(month, 2))/\(padded(day, 2))/\(padded(year, 4))",
            count: Self.wrapped(count))
    }

    /// A count as five digits can hold it.
    static func wrapped(_ count: Int) -> Int { ((count % 100_000) + 100_000) % 100_000 }
}
