package import ComityLedger
package import ComityStore

/// All ledgers of a store read from the first entry to the last and held against their recorded heads.
///
/// It keeps one audit for each ledger and nothing of the entries but what the control ledger says of erasures, so its
/// memory does not grow with them.
package struct LedgerVerification: Sendable {
    package private(set) var reports: [LedgerAudit.Report] = []
    /// What is wrong with the store itself: entries out of order, or of a ledger that has no head.
    package private(set) var storeFindings: [String] = []
    /// How many entries were read, of every ledger.
    package private(set) var entriesRead = 0
    /// Envelopes that were opened and held against their entries.
    package private(set) var envelopesCompared = 0
    /// Envelopes that were not, because no key is here that opens them; by owner, or the network's code for operations.
    package private(set) var envelopesNotCompared: [String: Int] = [:]
    /// Entries whose envelope was erased, with an entry that says so.
    package private(set) var envelopesErased = 0

    /// Findings of the store past this many are not kept: one says enough.
    private static let findingsMost = 100

    /// Reads a store. While a switch writes to it, everything is checked that was there at the beginning.
    ///
    /// - Parameters:
    ///   - owner: only this owner's ledgers; `nil` for all, with the control and operations ledgers.
    ///   - seals: kept elsewhere; every ledger must pass through the states that they sealed.
    ///   - keys: of owners whose envelopes are to be opened and compared.
    ///   - step: how many entries are read at once.
    ///   - progress: told how many were read, after each step.
    package init(
        _ store: some EntrySource, owner: String? = nil, seals: [Seal] = [], keys: [OwnerKeys] = [],
        step: Int = 5000, progress: (Int) -> Void = { _ in }
    ) throws {
        let heads = try store.heads()
        var audits: [Int64: LedgerAudit] = [:]
        var marks: [Int64: LedgerMark] = [:]
        var sizes: [Int64: UInt64] = [:]
        var next: [Int64: UInt64] = [:]
        for head in heads {
            guard let name = LedgerName(head.name) else {
                storeFindings.append("a head has the name `\(head.name)`, which is none of a ledger")
                continue
            }
            sizes[head.ledger] = head.size
            guard owner == nil || name.owner == owner else { continue }
            var audit = LedgerAudit(of: name)
            audit.expect(seals.filter { $0.ledger == name })
            audits[head.ledger] = audit
            marks[head.ledger] = LedgerMark(name)
        }
        var envelopes = try EnvelopeCheck(store, keys: keys)
        let known = Set(heads.map(\.name))
        for seal in seals where !known.contains(seal.ledger.description) {
            storeFindings.append(
                "the ledger `\(seal.ledger)` was sealed with \(seal.size) entries and is gone")
        }
        var last: Int64 = 0
        var rows = try store.entries(after: last, limit: step)
        var underWay = Outlines.begin(rows, marks: marks)
        while let end = rows.last {
            // Read on, and let others begin with that, before these are held against the rules.
            let following = rows.count < step ? [] : try store.entries(after: end.id, limit: step)
            let outlines = underWay.wait()
            underWay = Outlines.begin(following, marks: marks)
            for (row, outline) in zip(rows, outlines) {
                if row.id != last + 1 { find("entry \(last + 1) is missing in the order of commits") }
                last = row.id
                let position = next[row.ledger, default: 0]
                next[row.ledger] = position + 1
                if row.position != position {
                    find("entry \(row.id) says position \(row.position) where \(position) comes next")
                }
                // What was committed after the heads were read is left for the next time.
                guard let size = sizes[row.ledger], position < size, let outline else { continue }
                audits[row.ledger]?.add(outline)
                if position == 0 { checkTie(row, audits) }
                guard let lane = audits[row.ledger]?.ledger, lane.kind != .control else { continue }
                if let found = try envelopes.add(outline.kind, row, in: lane, store: store) {
                    audits[row.ledger]?.note(found.kind, at: row.position, detail: found.detail)
                }
            }
            for lost in try envelopes.lost(store) {
                audits[lost.ledger]?.note(.envelopeMissing, at: lost.position)
            }
            entriesRead += rows.count
            progress(entriesRead)
            rows = following
        }
        let lanes = Set(audits.values.map(\.ledger))
        for found in try envelopes.unmatched(store, controlSize: sizes[controlLedger] ?? 0, lanes: lanes) {
            audits[found.ledger]?.note(found.kind, at: found.position)
        }
        envelopesCompared = envelopes.compared
        envelopesNotCompared = envelopes.notCompared
        envelopesErased = envelopes.erased
        let now = Dictionary(uniqueKeysWithValues: try store.heads().map { ($0.ledger, $0.size) })
        for (ledger, count) in next.sorted(by: { $0.key < $1.key }) where count > now[ledger] ?? 0 {
            find("ledger number \(ledger) has \(count) entries, but its head says \(now[ledger] ?? 0)")
        }
        reports = heads.compactMap { head in
            audits[head.ledger]?.report(size: head.size, root: LedgerHash(head.root) ?? .zero)
        }.sorted { $0.ledger < $1.ledger }
    }

    /// A year's ledger says where the owner's ledger before it ended, and begins when that is closed.
    private mutating func checkTie(_ row: EntryRow, _ audits: [Int64: LedgerAudit]) {
        guard case .open(let opening)? = try? LedgerEntry(decoding: row.bytes),
            let owner = opening.ledger.owner, let year = opening.ledger.year
        else { return }
        let earlier = audits.values.filter { $0.ledger.owner == owner && $0.ledger.year ?? year < year }
        guard let before = earlier.max(by: { $0.ledger.year ?? 0 < $1.ledger.year ?? 0 }) else {
            if opening.previousSize != nil {
                find("ledger `\(opening.ledger)` continues one of an earlier year, which is not here")
            }
            return
        }
        let state = before.state
        if opening.previousSize != state.size || opening.previousRoot != state.root || !before.isClosed {
            find("ledger `\(opening.ledger)` does not begin where `\(before.ledger)` was closed")
        }
    }

    private mutating func find(_ what: String) {
        if storeFindings.count < Self.findingsMost { storeFindings.append(what) }
    }

    /// Whether nothing was found.
    package var isSound: Bool { storeFindings.isEmpty && reports.allSatisfy(\.isSound) }

    /// Questions recorded.
    package var lookups: UInt64 { reports.reduce(0) { $0 + ($1.counts.kinds[.question] ?? 0) } }

    /// Questions and closings for each look-up; 2 if every look-up has ended.
    package var entriesPerLookup: Double {
        let closings = reports.reduce(UInt64(0)) { $0 + ($1.counts.kinds[.closing] ?? 0) }
        return lookups == 0 ? 0 : Double(lookups + closings) / Double(lookups)
    }
}
