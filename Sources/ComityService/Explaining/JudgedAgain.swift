package import ComityExchange
import ComityLedger
import ComityMessages
package import ComityPolicy

/// A recorded look-up judged again, from its entries and the versions that they name alone.
package struct JudgedAgain: Sendable {
    package let ruling: Ruling
    package let facts: FactVector
    /// Whether the record had been seen.
    package let isAnswer: Bool
    /// What came out otherwise than it is recorded; empty if all of it is the same.
    package let differences: [String]
    /// The rulebook of the versions under which it ended.
    package let rulebook: Rulebook
}

extension PolicyArchive {
    /// Judges a recorded look-up again.
    ///
    /// - Throws: what is missing to do so.
    package func judgeAgain(_ lookup: RecordedLookup, taxonomy: Taxonomy) throws(ServiceError) -> JudgedAgain
    {
        let entry = lookup.question
        guard let owner = entry.ledger.owner.flatMap({ MemberCode($0) }),
            let facts = FactVector(
                codes: entry.facts.map(FactCode.init), owner: owner, taxonomy: taxonomy)
        else {
            throw ServiceError(
                "facts-unreadable", "the recorded facts do not fit taxonomy `\(taxonomy.version)`",
                next: "put the version of the data in place under which it was judged")
        }
        let rulebook = try rulebook(entry.versions, owner: owner, usesDefault: entry.noDecisionOnFile)
        let asked = rulebook.judgeQuestion(facts)
        var differences = Self.compare(asked, with: entry)
        guard let closing = lookup.closing, closing.ending == .release || closing.ending == .refusedOnAnswer
        else {
            return JudgedAgain(
                ruling: asked, facts: facts, isAnswer: false, differences: differences, rulebook: rulebook)
        }
        let later =
            closing.versions == entry.versions
            ? rulebook
            : try self.rulebook(
                closing.versions, owner: owner,
                usesDefault: entry.noDecisionOnFile && closing.versions.policy == entry.versions.policy)
        var ruling = asked
        var known = facts
        for record in Self.records(closing.recordFacts, taxonomy: taxonomy) {
            known = facts.adding(record: record, taxonomy: taxonomy)
            ruling = ruling.answered(by: later.judgeAnswer(known))
        }
        differences += Self.compare(ruling, with: closing, isSameVersion: closing.versions == entry.versions)
        return JudgedAgain(
            ruling: ruling, facts: known, isAnswer: true, differences: differences, rulebook: later)
    }

    private static func compare(_ ruling: Ruling, with entry: QuestionEntry) -> [String] {
        var differences: [String] = []
        func check(_ what: String, _ found: String, _ recorded: String) {
            if found != recorded { differences.append("\(what): recorded \(recorded), now \(found)") }
        }
        let judgement = ruling.judgement
        check("gate", judgement.gate.word, entry.gate.gate.word)
        check("groups", judgement.groups.wordsOrNone, FieldGroupSet(rawValue: entry.groups).wordsOrNone)
        check(
            "groups withheld", judgement.asked.subtracting(judgement.groups).wordsOrNone,
            FieldGroupSet(rawValue: entry.withheld).wordsOrNone)
        check("deciding rules", recorded(ruling.decidedBy), entry.deciding.joined(separator: " "))
        check("matching rules", recorded(ruling.matched), entry.matched.joined(separator: " "))
        return differences
    }

    private static func compare(_ ruling: Ruling, with entry: ClosingEntry, isSameVersion: Bool) -> [String] {
        var differences: [String] = []
        let given = FieldGroupSet(rawValue: entry.given)
        if !given.isSubset(of: ruling.judgement.groups) {
            differences.append(
                "groups released: recorded \(given.wordsOrNone), now at most \(ruling.judgement.groups.wordsOrNone)"
            )
        }
        if entry.ending == .release, ruling.judgement.gate == .refused {
            differences.append("gate on the answer: recorded as released, now refused")
        }
        // A look-up whose policy changed on the way is explained by the rules of both versions.
        if isSameVersion, recorded(ruling.decidedBy) != entry.deciding.joined(separator: " ") {
            differences.append(
                "deciding rules on the answer: recorded \(entry.deciding.joined(separator: " ")), "
                    + "now \(recorded(ruling.decidedBy))")
        }
        return differences
    }

    /// Rule ids as an entry holds them.
    private static func recorded(_ ids: [String]) -> String {
        Exchange.listed(ids).joined(separator: " ")
    }

    /// The facts of each record, in words of the taxonomy: an entry holds them one record after another.
    private static func records(_ facts: [EntryFact], taxonomy: Taxonomy) -> [[String: String]] {
        let known = taxonomy.facts.filter { $0.source == .record }
        guard !known.isEmpty else { return [] }
        return stride(from: 0, to: facts.count - known.count + 1, by: known.count).map { start in
            var record: [String: String] = [:]
            for (fact, code) in zip(known, facts[start...]) {
                guard case .number(let number) = code, number <= UInt64(UInt8.max),
                    let index = FactValue(rawValue: UInt8(number)).index, index < fact.values.count
                else { continue }
                record[fact.name] = fact.values[index].code
            }
            return record
        }
    }
}

extension QuestionEntry.Gate {
    var gate: Gate {
        switch self {
        case .open: .open
        case .held: .held
        case .refused: .refused
        }
    }
}

extension FieldGroupSet {
    var wordsOrNone: String { isEmpty ? "none" : words }
}
