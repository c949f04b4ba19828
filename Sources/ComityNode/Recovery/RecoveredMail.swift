package import ComityExchange
package import ComityLedger
import ComityMessages
package import ComityStore

/// The mail that the last process left, opened: what its links have not acknowledged.
package struct RecoveredMail: Sendable {
    /// The letters that wait, with the row that holds each, in the order in which they were numbered.
    package private(set) var letters: [(row: Int64, mail: Mail)] = []
    /// Rows that nobody waits for.
    package private(set) var spentRows: [Int64] = []

    /// Nothing was left: a new home.
    package init() {}

    /// - Throws: `SealError` if a row was changed or sealed under another key; `RecoveryError.damagedMail`.
    package init(_ recovered: Recovered, sealer: any BodySealer, switchName: String) throws {
        let operations = LedgerName(operationsOf: switchName)!
        var delivered: [SessionID: UInt64] = [:]
        for session in recovered.sessions { delivered[session.id] = session.delivered }
        for row in recovered.mail {
            let bytes = try sealer.open(row.sealed, at: .mail(row.id, in: operations))
            guard let all = MailBag.decode(bytes) else { throw RecoveryError.damagedMail(row.id) }
            let waiting = all.filter { letter in
                delivered[letter.session].map { $0 < letter.sequence } ?? false
            }
            letters += waiting.map { (row.id, $0) }
            if waiting.isEmpty { spentRows.append(row.id) }
        }
    }
}

/// What of the last process cannot be read.
enum RecoveryError: Error, CustomStringConvertible {
    case damagedMail(Int64)
    case damagedQueue(Int64)

    var description: String {
        switch self {
        case .damagedMail(let row):
            "row \(row) of the mail that waits is not what a switch writes: the home was made by another version; "
                + "start it with that version, and let all links fetch their mail"
        case .damagedQueue(let row):
            "row \(row) of the queue is not what a switch writes: the home was made by another version; start it with "
                + "that version, and let the queue run empty"
        }
    }
}
