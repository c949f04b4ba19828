import ArgumentParser
import ComityDirectory
import ComityMessages
import ComityNode
import ComityService
import ComityStore

/// Which look-ups are meant.
struct LookupFilterOptions: ParsableArguments {
    @Option(help: "Whose records. Default: those of all owners of the switch.")
    var owner: MemberCode?

    @Option(help: "2026-10, 2026-10-05, 7d, or 2026-10-01..2026-10-05. Days are in UTC. Default: all.")
    var period: String?

    @Option(help: "Only agencies of this family or tied to it.")
    var family: FamilyPath?

    @Option(help: "Only this agency ID (ORI).")
    var agency: ORI?

    @Option(help: "Only look-ups with this stated reason; `none` for those without.")
    var reason: String?

    @Option(help: "Only look-ups with this outcome.")
    var outcome: Outcome?

    /// The period that was named, counted from now; always, if none was.
    func stretch() throws(ServiceError) -> Period {
        guard let period else { return .always }
        return try Period(period, at: wallClock())
    }

    func filter(in stretch: Period, _ tables: CodeTables) -> LookupFilter {
        var filter = LookupFilter()
        filter.owner = owner.map { tables.canonical($0).description }
        (filter.from, filter.to) = (stretch.from, stretch.to)
        filter.family = family?.description
        filter.agency = agency?.description
        filter.reason = reason.map { $0 == "none" ? "" : $0 }
        filter.outcome = outcome
        return filter
    }
}
