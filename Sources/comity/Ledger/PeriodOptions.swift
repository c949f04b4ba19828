import ArgumentParser
import ComityMessages

/// Which days a verb reads: both count, in UTC.
struct PeriodOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The first day (UTC). Default: the beginning.", valueName: "date"))
    var from: Day?

    @Option(help: ArgumentHelp("The last day (UTC). Default: today.", valueName: "date"))
    var to: Day?

    /// The first moment of the period.
    var first: Timestamp? { from?.start }
    /// The first moment after it.
    var end: Timestamp? { to.map { Day(number: $0.number + 1).start } }

    func validate() throws {
        if let from, let to, from > to { throw ValidationError("--from comes after --to") }
    }
}
