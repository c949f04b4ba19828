package import ComityLedger
package import ComityMessages
import ComityPolicy

/// Limits: how often somebody may ask. Every look-up counts, refused ones too; whether it exceeded a limit is one of
/// its recorded facts.
extension Exchange {
    /// Counts a look-up, and says in its facts which limits it exceeds.
    mutating func counted(_ facts: FactVector, _ message: Message) -> FactVector {
        let keys = rulebook.counted(facts)
        guard !keys.isEmpty else { return facts }
        return facts.exceeding(limits.count(keys, subject: subject(of: message, keys), at: facts.at))
    }

    /// From when on look-ups must be counted at a start; `nil` if there is no limit.
    package func limitsCountSince(_ now: Timestamp) -> Timestamp? {
        rulebook.limits.map { $0.limit.period.start(of: now) }.min()
    }

    /// Counts a look-up of an earlier process. Limits are kept in memory only, because the ledger has it all.
    ///
    /// - Parameter raw: the message as it came, for limits on those who are asked about.
    package mutating func countEarlier(_ entry: QuestionEntry, raw: () throws -> [UInt8]) rethrows {
        guard let owner = entry.ledger.owner.flatMap({ MemberCode($0) }),
            let facts = FactVector(
                codes: entry.facts.map(FactCode.init), owner: owner, taxonomy: rulebook.taxonomy)
        else { return }
        let keys = rulebook.counted(facts)
        guard !keys.isEmpty else { return }
        var subject: DuplicateKey?
        if keys.contains(where: { $0.key == .subject }) {
            let message = try? LegacyCodec.decode(try raw(), direction: .input, tables: tables)
            subject = message.flatMap { self.subject(of: $0, keys) }
        }
        _ = limits.count(keys, subject: subject, at: facts.at)
    }

    private func subject(of message: Message, _ keys: [(limit: LimitRule, key: LimitKey)]) -> DuplicateKey? {
        guard keys.contains(where: { $0.key == .subject }), let text = message.subject(tables: tables)
        else { return nil }
        return duplicates.key(of: Array("subject\n\(text)".utf8))
    }
}
