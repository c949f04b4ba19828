import ComityExchange
import ComityLedger

/// Where the next entries will stand: the writer gives positions in order, so they can be known before it has come so
/// far. Whoever relies on it compares it with what the writer says.
struct EntryPlaces {
    private var sizes: [LedgerName: UInt64] = [:]

    /// The places of the drafts of an append, as `LedgerWriter` will give them on a store that was empty.
    mutating func places(of drafts: [Draft]) -> [EntryPlace] {
        drafts.map { draft in
            let ledger = draft.ledger
            let position = sizes[ledger] ?? open(ledger)
            sizes[ledger] = position + 1
            return EntryPlace(ledger: ledger, position: position)
        }
    }

    /// A ledger begins with an entry of its own, and closes the owner's last one.
    private mutating func open(_ ledger: LedgerName) -> UInt64 {
        if let year = ledger.year {
            let earlier = sizes.keys.filter { $0.owner == ledger.owner && $0.year ?? year < year }
            if let last = earlier.max(by: { $0.year ?? 0 < $1.year ?? 0 }) { sizes[last]! += 1 }
        }
        return 1
    }
}

extension Draft {
    fileprivate var ledger: LedgerName {
        switch self {
        case .question(let entry, _, _, _): entry.ledger
        case .relay(let entry, _, _, _): entry.ledger
        case .closing(let entry, _): entry.ledger
        case .review(let entry, _): entry.ledger
        case .resend(let entry, _): entry.ledger
        case .posting(let entry, _, _): entry.ledger
        case .other(let entry, _): entry.ledger
        }
    }
}
