import ComityMessages
import ComityPolicy

/// The words of judgements made lately: most look-ups are explained in words that were said before.
///
/// A judgement's words are a function of what was judged by, of the judgement and of the facts except the time, so
/// those are the key.
struct WordsCache {
    /// The basis is kept beside the words, so that its identity is not given to another meanwhile.
    private var words: [Key: (basis: Basis, lines: [String])] = [:]

    private struct Key: Hashable {
        let basis: ObjectIdentifier
        let judgement: Judgement
        let owner: MemberCode
        let requester: Requester
        let onBehalf: FactVector.OnBehalf
        let values: [FactValue]
        let isDefault: Bool
        let isAnswer: Bool
    }

    /// Beyond this number all are forgotten and made anew.
    private static let limit = 4096

    /// What the asker is told: what, why, how to obtain it, reference.
    mutating func lines(
        _ ruling: Ruling, facts: FactVector, isAnswer: Bool, reference: Reference, rulebook: Rulebook
    ) -> [String] {
        let key = Key(
            basis: ObjectIdentifier(ruling.basis), judgement: ruling.judgement, owner: facts.owner,
            requester: facts.requester,
            onBehalf: facts.onBehalf,
            values: facts.values, isDefault: ruling.usesDefault, isAnswer: isAnswer)
        let known: [String]
        if let found = words[key] {
            known = found.lines
        } else {
            known = rulebook.explain(ruling, facts: facts, isAnswer: isAnswer, reference: nil, for: .asker)
                .lines.map(PlainText.printable)
            if words.count >= Self.limit { words.removeAll(keepingCapacity: true) }
            words[key] = (ruling.basis, known)
        }
        return known + ["Reference \(reference)."]
    }
}

/// Text that every terminal can show: printable ASCII.
enum PlainText {
    static func printable(_ text: String) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case " "..."~": result.unicodeScalars.append(scalar)
            case "\u{A7}": result += "s."
            case "\u{2018}", "\u{2019}": result += "'"
            case "\u{201C}", "\u{201D}": result += "\""
            case "\u{2013}", "\u{2014}": result += "-"
            default: result += "?"
            }
        }
        return result
    }
}
