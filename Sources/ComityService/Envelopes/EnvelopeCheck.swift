import ComityLedger
import ComityMessages
import ComityStore

/// Holds what lies beside the ledgers against their entries: an envelope is there, or an entry says that it was erased;
/// and what is in it is what the entry is tied to.
struct EnvelopeCheck {
    /// Envelopes that were opened and compared.
    private(set) var compared = 0
    /// Envelopes that were not, by owner; those beside the operations ledger under the network's code.
    private(set) var notCompared: [String: Int] = [:]
    /// Entries whose envelope was erased.
    private(set) var erased = 0
    private var erasures: RecordedErasures
    private var keys: [String: OwnerKeys]
    /// Entries without their envelope that no erasure known so far covers.
    private var missing: [(ledger: Int64, lane: LedgerName, position: UInt64)] = []
    /// Erasures that the ledgers tell of that envelopes lay beside.
    private var told: [(mark: RecordedErasures.Mark, ledger: Int64, position: UInt64)] = []

    init(_ store: some EntrySource, keys: [OwnerKeys]) throws {
        erasures = RecordedErasures(control: try store.controlEntries())
        self.keys = Dictionary(keys.map { ($0.owner.description, $0) }) { one, _ in one }
    }

    /// Takes an entry of an owner's ledger or of the operations ledger. Returns what is wrong with its envelope.
    ///
    /// - Parameter kind: the type of the entry; `nil` if it cannot be read.
    mutating func add(
        _ kind: LedgerEntry.Kind?, _ row: EntryRow, in lane: LedgerName, store: some EntrySource
    ) throws -> (kind: LedgerFinding.Kind, detail: String?)? {
        switch kind {
        case .erase:
            if case .erase(let entry)? = try? LedgerEntry(decoding: row.bytes) {
                told.append((RecordedErasures.Mark(entry), row.ledger, row.position))
            }
        case let kind? where kind.hasEnvelope:
            let isErased = erasures.cover(row.position, in: lane)
            guard let sealed = row.body else {
                if isErased { erased += 1 } else { missing.append((row.ledger, lane, row.position)) }
                return nil
            }
            if isErased { return (.envelopeNotErased, nil) }
            guard let owner = lane.keeper, keys[owner] != nil else {
                notCompared[lane.keeper ?? "", default: 0] += 1
                return nil
            }
            // Read again, and whole, only where there is a key to compare by.
            guard let entry = (try? LedgerEntry(decoding: row.bytes))?.enveloped else { return nil }
            return try compare(sealed, with: entry, of: owner, store: store)
        default: break
        }
        return nil
    }

    private mutating func compare<Entry: EnvelopedEntry>(
        _ sealed: [UInt8], with entry: Entry, of owner: String, store: some EntrySource
    ) throws -> (kind: LedgerFinding.Kind, detail: String?)? {
        switch try keys[owner]?.open(sealed, of: entry, store: store) {
        case nil, .notForThisKey: notCompared[owner, default: 0] += 1
        case .damaged(let error): return (.envelopeChanged, error.rawValue)
        case .body(let encoded):
            compared += 1
            guard let commitment = try? Entry.commitment(ofBody: encoded) else {
                return (.envelopeChanged, SealError.unknownFormat.rawValue)
            }
            if commitment != entry.body { return (.envelopeChanged, "other-commitment") }
        }
        return nil
    }

    /// Which entries of those read so far have lost their envelope without an entry. What a running switch erased
    /// meanwhile is in its control ledger by now.
    mutating func lost(_ store: some EntrySource) throws -> [(ledger: Int64, position: UInt64)] {
        guard !missing.isEmpty else { return [] }
        erasures = RecordedErasures(control: try store.controlEntries())
        defer { missing = [] }
        let lost = missing.filter { !erasures.cover($0.position, in: $0.lane) }
        erased += missing.count - lost.count
        return lost.map { ($0.ledger, $0.position) }
    }

    /// Erasures that only one of the two ledgers tells of.
    ///
    /// - Parameters:
    ///   - controlSize: entries of the control ledger past this were written meanwhile.
    ///   - lanes: the ledgers that were read to their ends.
    mutating func unmatched(
        _ store: some EntrySource, controlSize: UInt64, lanes: Set<LedgerName>
    ) throws -> [(kind: LedgerFinding.Kind, ledger: Int64, position: UInt64)] {
        let published = RecordedErasures(control: try store.controlEntries()).marks
        var result = told.filter { published[$0.mark] == nil }
            .map { (kind: LedgerFinding.Kind.eraseNotPublic, ledger: $0.ledger, position: $0.position) }
        let known = Set(told.map(\.mark))
        for (mark, position) in published.sorted(by: { $0.value < $1.value })
        where position < controlSize && lanes.contains(mark.lane) && !known.contains(mark) {
            result.append((.eraseNotRecorded, controlLedger, position))
        }
        return result
    }
}
