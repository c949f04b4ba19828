package import ComityLedger
package import ComityStore

/// The epoch keys of which the switch still has its own copy: what it needs to take up look-ups again.
package struct RecoveredEpochs: Sendable {
    private var keys: [UInt64: EpochKey] = [:]

    /// - Throws: `SealError` if a copy was changed, or sealed under another switch key.
    package init(_ recovered: Recovered, sealer: any BodySealer, switchName: String) throws {
        let operations = LedgerName(operationsOf: switchName)!
        for row in recovered.epochs {
            guard let own = row.own, let holder = EpochHolder(row.holder) else { continue }
            let secret = try sealer.open(own, at: .epoch(row.id, in: operations))
            keys[row.id] = EpochKey(id: row.id, holder: holder, hour: row.hour, key: secret)
        }
    }

    /// The hour of the oldest key that a body was sealed under; 0 if none of them is here.
    func hour(of sealed: [UInt8]) throws -> UInt64 {
        try Envelope.epochs(of: sealed).compactMap { keys[$0]?.hour }.min() ?? 0
    }

    /// Opens the body of a question.
    func open(_ sealed: [UInt8], of entry: QuestionEntry) throws -> QuestionBody {
        try QuestionBody(decoding: try Envelope.open(sealed, at: entry.envelopePlace) { keys[$0] })
    }
}
