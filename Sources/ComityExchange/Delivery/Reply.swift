import ComityLedger
import ComityMessages
import ComityPolicy

/// The answer to a look-up, in words.
///
/// Every answer begins with one line that a program can read: `COMITY 1`, the outcome, the owner, the reference,
/// and for a refusal the deciding rule. Then come plain words, then the elements that are released.
struct Reply {
    let outcome: Outcome
    let message: Message

    /// Why there is no answer.
    enum Silence {
        case timeOut, linkDown, notWritable

        var words: String {
            switch self {
            case .timeOut: "did not answer in time"
            case .linkDown: "cannot be reached: its link is down"
            case .notWritable: "answered with something that the text format cannot hold"
            }
        }
    }

    static func released(
        _ lookup: Lookup, _ cut: Cut, settings: ExchangeSettings, tables: CodeTables, rulebook: Rulebook
    ) -> Reply {
        let isInPart = !cut.withheld.isEmpty
        let outcome: Outcome = isInPart ? .releasedInPart : .released
        var lines = [status(outcome, lookup)]
        if isInPart {
            lines += words(lookup, isAnswer: true, rulebook)
        }
        if cut.records.isEmpty { lines.append("NOT ON FILE") }
        return Reply(
            outcome: outcome,
            message: answer(
                lookup, from: ownerORI(lookup), lines: lines, elements: cut.records.flatMap { $0 }))
    }

    static func refused(
        _ lookup: Lookup, isAnswer: Bool, settings: ExchangeSettings, rulebook: Rulebook
    ) -> Reply {
        let lines = words(lookup, isAnswer: isAnswer, rulebook)
        return Reply(
            outcome: .refused,
            message: answer(
                lookup, from: settings.ori,
                lines: [status(.refused, lookup, rule: lookup.ruling.decidedBy.first)] + lines))
    }

    static func held(
        _ lookup: Lookup, until: Timestamp, settings: ExchangeSettings, rulebook: Rulebook
    ) -> Reply {
        let lines = words(lookup, isAnswer: false, rulebook)
        return Reply(
            outcome: .heldForReview,
            message: answer(
                lookup, from: settings.ori,
                lines: [status(.heldForReview, lookup, rule: lookup.ruling.decidedBy.first)] + lines
                    + ["Decided by \(until) at the latest."]))
    }

    static func holdExpired(_ lookup: Lookup, settings: ExchangeSettings, rulebook: Rulebook) -> Reply {
        let lines = words(lookup, isAnswer: false, rulebook)
        return Reply(
            outcome: .refused,
            message: answer(
                lookup, from: settings.ori,
                lines: [status(.refused, lookup, rule: lookup.ruling.decidedBy.first)]
                    + ["Nobody decided within the time that the rule gives; the look-up is refused."] + lines)
        )
    }

    static func noAnswer(_ lookup: Lookup, why: Silence, settings: ExchangeSettings) -> Reply {
        Reply(
            outcome: .noAnswer,
            message: answer(
                lookup, from: settings.ori,
                lines: [
                    status(.noAnswer, lookup), "\(lookup.owner) \(why.words). Nothing was released.",
                    "Ask again later; a new look-up is judged and recorded anew.",
                    "Reference \(Reference(lookup.id)).",
                ]))
    }

    static func negative(_ lookup: Lookup, _ kind: Negative, settings: ExchangeSettings) -> Reply {
        Reply(
            outcome: .noAnswer,
            message: answer(
                lookup, from: ownerORI(lookup), lines: [status(.noAnswer, lookup), kind.rawValue]))
    }

    /// The documented negative answers besides NOT ON FILE (Nlets guide, driver history transactions).
    enum Negative: String {
        case fileNotAvailable = "FILE NOT AVAILABLE"
        case temporarilyUnavailable = "TEMPORARILY UNAVAILABLE"
    }

    // MARK: Parts

    private static func status(_ outcome: Outcome, _ lookup: Lookup, rule: String? = nil) -> String {
        let word = outcome.rawValue.uppercased()
        let line = "COMITY 1 \(word) \(lookup.owner) \(Reference(lookup.id))"
        return rule.map { "\(line) \($0)" } ?? line
    }

    private static func answer(
        _ lookup: Lookup, from origin: ORI, lines: [String], elements: [Element] = []
    ) -> Message {
        let question = lookup.question.message
        return Message(
            key: lookup.question.answerKey, origin: origin, destinations: [.agency(question.origin)],
            control: question.control, elements: elements,
            text: lines.map(PlainText.printable).joined(separator: "\n"))
    }

    /// The address of the owner's file: licences under `OLN`, vehicles under `LIC` (Nlets guide, "Rules - ORION").
    private static func ownerORI(_ lookup: Lookup) -> ORI {
        let file =
            switch lookup.question.request.kind {
            case .vehicleByPlate, .vehicleByVIN, .vehicleByOwner, .partialPlate: "LIC"
            default: "OLN"
            }
        return ORI("\(lookup.owner)\(file)0000")!
    }

    /// What the asker is told: what, why, how to obtain it, reference.
    private static func words(_ lookup: Lookup, isAnswer: Bool, _ rulebook: Rulebook) -> [String] {
        rulebook.explain(
            lookup.ruling, facts: lookup.facts, isAnswer: isAnswer,
            reference: Reference(lookup.id).description, for: .asker
        ).lines
    }
}

/// Text that every terminal can show: printable ASCII.
enum PlainText {
    static func printable(_ text: String) -> String {
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
