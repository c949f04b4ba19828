extension ClockLine {
    /// The clock line of a moment: Mountain Standard Time, seven hours behind UTC all year, and a counter that
    /// is written with five digits and so begins again after 99,999.
    public init(_ moment: Timestamp, count: Int) {
        let local = moment + .seconds(-7 * 3600)
        let (year, month, day) = local.day.civil
        let minutes = Int((local.milliseconds - local.day.start.milliseconds) / 60_000)
        self.init(
            time: "\(digits(minutes / 60, 2)):\(digits(minutes % 60, 2))",
            date: "\(digits(month, 2))/\(digits(day, 2))/\(digits(year, 4))",
            count: ((count % 100_000) + 100_000) % 100_000)
    }
}

private func digits(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
}
