import ComityExchange
import ComityLedger
import ComityMessages
import ComityStore
import ComityStoreSQLite
import Logging

/// Searches owners' ledgers, one search after another, on a thread of its own: a search reads many rows, and no look-up
/// waits for it.
///
/// It reads the read models, which hold facts of questions and no personal value. They may lag behind the ledger by
/// moments.
final class ArchiveThread: Sendable {
    let inbox = Inbox<Ask>()
    private let switchboard: Inbox<Event>
    private let home: Home
    private let log: Logger

    init(home: Home, switchboard: Inbox<Event>, log: Logger) {
        self.home = home
        self.switchboard = switchboard
        self.log = log
    }

    /// Runs until the inbox is closed and empty.
    func run() {
        while let asks = inbox.take() {
            for ask in asks {
                guard let search = ask.archive else { continue }
                switchboard.put(.answers([(ask.lookup, answer(search, of: ask.owner))]))
            }
        }
    }

    private func answer(_ search: ArchiveSearch, of owner: MemberCode) -> RecordAnswer {
        do {
            let views = try SQLiteViews(reading: home.views)
            defer { try? views.close() }
            return try views.answer(search, of: owner)
        } catch {
            log.error("an archive search failed", metadata: ["why": "\(error)"])
            return .temporarilyUnavailable
        }
    }
}

extension SQLiteViews {
    /// The newest entries of an owner's ledger that a search means.
    func answer(_ search: ArchiveSearch, of owner: MemberCode) throws -> RecordAnswer {
        var filter = LookupFilter()
        filter.owner = owner.description
        filter.from = search.from
        filter.to = search.to
        if case .agency(let ori) = search.askers { filter.agency = ori.description }
        var lines: [String] = []
        var isCut = false
        try newest(filter, reference: search.reference?.bits) { row in
            guard search.fits(agency: row.agency, key: row.key) else { return true }
            let line = Self.line(row)
            guard search.fits(line: line) else { return true }
            isCut = lines.count == ArchiveSearch.most
            if !isCut { lines.append(line) }
            return !isCut
        }
        return .entries(lines, isCut: isCut)
    }

    /// `2026-11-02T15:00:00Z CO0010100 DQ DRIVER-BY-NUMBER REASON T RELEASED A91C-03BF-77E0-12AB`
    private static func line(_ row: LookupRow) -> String {
        let high = row.transaction.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let low = row.transaction.dropFirst(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let outcome = row.outcome.map { "\($0)" } ?? "under way"
        let words: [String?] = [
            "\(row.asked)", row.agency, row.key, row.request,
            row.reason.isEmpty ? nil : "REASON \(row.reason)", outcome,
            Reference(TransactionID(high: high, low: low)).description,
        ]
        return words.compactMap { $0 }.joined(separator: " ").uppercased()
    }
}
