import ComityLedger
import ComityMessages

/// The names of this switch's ledgers, kept ready.
struct LedgerNames {
    private let switchName: String
    private var lanes: [Lane: LedgerName] = [:]
    let operations: LedgerName
    let control: LedgerName

    private struct Lane: Hashable {
        let owner: MemberCode
        let year: Int
    }

    init(switchName: String) {
        self.switchName = switchName
        operations = LedgerName(operationsOf: switchName)!
        control = LedgerName(controlOf: switchName)!
    }

    /// The ledger of an owner at a time: one for each UTC year.
    mutating func lane(_ owner: MemberCode, at time: Timestamp) -> LedgerName {
        let lane = Lane(owner: owner, year: yearOf(time))
        if let name = lanes[lane] { return name }
        let name = LedgerName(switch: switchName, lane: owner.description, year: lane.year)!
        lanes[lane] = name
        return name
    }

    /// The last day asked about: nearly always the same.
    private var lastDay: (day: Day, year: Int)?

    private mutating func yearOf(_ time: Timestamp) -> Int {
        let day = time.day
        if let lastDay, lastDay.day == day { return lastDay.year }
        let year = day.civil.year
        lastDay = (day, year)
        return year
    }
}
