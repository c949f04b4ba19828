package import ComityLedger
package import ComityMessages
package import ComityStore

/// The look-ups of one owner, read again from its ledgers, each with its end.
///
/// The heads are read first: what is committed later is left for the next time. Every ledger read must have the root
/// that its head says, so that nobody counts what was changed.
package struct LookupReplay: Sendable {
    /// What can be sealed of a ledger.
    package struct State: Hashable, Sendable {
        package let size: UInt64
        package let root: LedgerHash
    }

    /// Between which states of a ledger the look-ups were read.
    package struct Stretch: Hashable, Sendable {
        package let ledger: LedgerName
        /// Before the first entry of the period.
        package let from: State
        /// As its head said.
        package let to: State
    }

    package let stretches: [Stretch]

    private struct Reading {
        let name: LedgerName
        let head: HeadRow
        var frontier = MerkleFrontier()
        var before: State?

        var state: State { State(size: frontier.size, root: frontier.root) }
    }

    /// - Parameters:
    ///   - each: told each look-up whose question was received in the period, with the end that is recorded by now, in
    ///     the order in which they ended; those that have not ended come last.
    ///   - from: the first moment of the period; `nil` from the beginning.
    ///   - to: the first moment after it; `nil` until now.
    /// - Throws: `ledger-unknown`; `ledger-damaged`.
    package init(
        _ store: some EntrySource, owner: MemberCode, from: Timestamp?, to: Timestamp?, step: Int = 5000,
        each: (RecordedLookup) throws -> Void
    ) throws {
        var readings: [Int64: Reading] = [:]
        for head in try store.heads() {
            guard let name = LedgerName(head.name), name.owner == owner.description else { continue }
            readings[head.ledger] = Reading(name: name, head: head)
        }
        guard !readings.isEmpty else {
            throw ServiceError(
                "ledger-unknown", "there is no ledger of `\(owner)` in this home",
                next: "`comity ledger count` lists the ledgers")
        }
        let (first, end) = (from?.milliseconds ?? .min, to?.milliseconds ?? .max)
        var open: [TransactionID: RecordedLookup] = [:]
        var last: Int64 = 0
        while true {
            let rows = try store.entries(after: last, limit: step)
            guard let id = rows.last?.id else { break }
            last = id
            for row in rows {
                guard let reading = readings[row.ledger], row.position < reading.head.size else { continue }
                let entry = try LedgerEntry(decoding: row.bytes)
                let time = Int64(clamping: entry.time)
                if reading.before == nil, time >= first {
                    readings[row.ledger]!.before = reading.state
                }
                readings[row.ledger]!.frontier.append(Merkle.leafHash(row.bytes))
                switch entry {
                case .question(let question) where time >= first && time < end:
                    open[question.transaction] = RecordedLookup(
                        question: question, questionPosition: row.position)
                case .closing(let closing):
                    guard let asked = open.removeValue(forKey: closing.transaction) else { continue }
                    try each(
                        RecordedLookup(
                            question: asked.question, questionPosition: asked.questionPosition,
                            closing: closing, closingPosition: row.position))
                default: continue
                }
            }
        }
        for lookup in open.values { try each(lookup) }
        stretches = try readings.values.sorted { $0.name < $1.name }.map { reading in
            let now = reading.state
            guard now.size == reading.head.size, now.root.bytes == reading.head.root else {
                throw LedgerTiles.damaged(reading.name)
            }
            return Stretch(ledger: reading.name, from: reading.before ?? now, to: now)
        }
    }
}
