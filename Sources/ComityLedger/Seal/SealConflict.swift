/// Two seals of one ledger, or a seal and the ledger, that cannot both be true.
public enum SealConflict: String, Error, Hashable, Sendable, CaseIterable {
    /// The ledger, or the newer seal, is smaller than what was sealed: it was cut off or put back.
    case smaller = "smaller-than-sealed"
    /// The same size with another root, or no proof that the older tree is the beginning of the newer: two histories.
    case otherHistory = "other-history"
    /// The later seal bears an earlier date.
    case earlier = "earlier-than-sealed"
    /// They are about different ledgers.
    case otherLedger = "other-ledger"
}

extension Seal {
    /// Whether this seal can follow an older one of the same ledger.
    ///
    /// - Parameter proof: that the older tree is the beginning of this one (RFC 9162, section 2.1.4).
    public func follows(_ older: Seal, proof: [LedgerHash]) throws(SealConflict) {
        guard ledger == older.ledger else { throw .otherLedger }
        guard size >= older.size else { throw .smaller }
        guard
            Merkle.verifyConsistency(from: older.size, root: older.root, to: size, root: root, proof: proof)
        else { throw .otherHistory }
        if let time, let before = older.time, time < before { throw .earlier }
    }
}

extension SealConflict: CustomStringConvertible {
    /// What is wrong, in words.
    public var description: String {
        switch self {
        case .smaller: "it holds fewer entries than were sealed: it was cut off, or an old copy was put back"
        case .otherHistory: "it has another history than the one that was sealed"
        case .earlier: "its seal bears an earlier date than one before it"
        case .otherLedger: "the seals are those of different ledgers"
        }
    }
}
