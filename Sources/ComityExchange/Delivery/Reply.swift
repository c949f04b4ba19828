import ComityLedger
import ComityMessages
import ComityPolicy

/// The answer to a look-up, in words.
///
/// Every answer begins with one line that a program can read, see `StatusLine`. Then come plain words, then the elements that are released.
struct Reply {
    let outcome: Outcome
    let message: Message
    /// What the merged answer says of it, where the outcome does not tell.
    var line: ExpectedAnswer.Status?
    /// What an owner that judges for itself said, and by which rule.
    var ownStatus: Outcome?
    var ownRule: String?

    /// Why there is no answer.
    enum Silence {
        case timeOut, linkDown, notWritable, outOfService, notTaken, heldInVain

        var words: String {
            switch self {
            case .timeOut: "did not answer in time"
            case .linkDown: "cannot be reached: its link is down"
            case .outOfService: "is out of service, and its service did not return in time"
            case .notTaken: "has a switch of its own, and that did not take the question"
            case .heldInVain: "has a desk of its own, and nobody said in time what it decided"
            case .notWritable: "answered with something that the text format cannot hold"
            }
        }
    }

    /// - Parameter areFirst: whether the owner has more records than these.
    static func released(
        _ lookup: Lookup, _ cut: Cut, areFirst: Bool = false, settings: ExchangeSettings, words: [String]
    ) -> Reply {
        let isInPart = !cut.withheld.isEmpty
        let outcome: Outcome = isInPart ? .releasedInPart : .released
        var lines = [status(outcome, lookup)]
        if !lookup.approvals.isEmpty {
            let desks = Dictionary(grouping: lookup.approvals, by: \.desk).sorted { $0.key < $1.key }
                .map { $0.value.count == 1 ? $0.key : "\($0.value.count) people of \($0.key)" }
            lines.append("Looked at and released by \(desks.joined(separator: ", ")).")
        }
        if isInPart { lines += words }
        if cut.records.isEmpty { lines.append(notOnFile) }
        if areFirst {
            lines.append(
                "There are more records than these \(cut.records.count). Ask with more of the name or plate.")
        }
        return Reply(
            outcome: outcome,
            message: answer(
                lookup, from: ownerORI(lookup), lines: lines, elements: cut.records.flatMap { $0 }))
    }

    static func refused(
        _ lookup: Lookup, rule: String?, settings: ExchangeSettings, words: [String]
    ) -> Reply {
        Reply(
            outcome: .refused,
            message: answer(
                lookup, from: settings.ori,
                lines: [status(.refused, lookup, rule: rule)] + words))
    }

    static func held(
        _ lookup: Lookup, rule: String?, until: Timestamp, settings: ExchangeSettings, words: [String]
    ) -> Reply {
        Reply(
            outcome: .heldForReview,
            message: answer(
                lookup, from: settings.ori,
                lines: [status(.heldForReview, lookup, rule: rule)] + words
                    + [decidedBy + "\(until)" + atTheLatest]))
    }

    static func holdExpired(_ lookup: Lookup, rule: String?, settings: ExchangeSettings, words: [String])
        -> Reply
    {
        Reply(
            outcome: .refused,
            message: answer(
                lookup, from: settings.ori,
                lines: [status(.refused, lookup, rule: rule)]
                    + ["Nobody decided within the time that the rule gives; the look-up is refused."] + words)
        )
    }

    static func refusedByDesk(
        _ lookup: Lookup, desk: String, reason: ReviewEntry.Reason, settings: ExchangeSettings
    ) -> Reply {
        Reply(
            outcome: .refused,
            message: answer(
                lookup, from: settings.ori,
                lines: [
                    status(.refused, lookup),
                    "\(desk) of \(lookup.owner) looked at it and did not release it: \(reason.sentence).",
                    "Reference \(Reference(lookup.id)).",
                ]))
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

    /// Marks an answer that the merged answer could not wait for.
    static let lateWords = "LATE: the merged answer said NO-ANSWER here; this is the answer."

    /// The owner's own words, behind a first line of this switch.
    static func passedOn(_ lookup: Lookup, _ answer: PassedOnAnswer) -> Reply {
        Reply(
            outcome: .passedOn,
            message: self.answer(
                lookup, from: answer.origin, lines: [status(.passedOn, lookup)] + answer.lines,
                elements: answer.elements),
            ownStatus: answer.status, ownRule: answer.rule)
    }

    /// There is no such record.
    static let notOnFile = "NOT ON FILE"
    static let decidedBy = "Decided by "
    static let atTheLatest = " at the latest."

    // MARK: Parts

    private static func status(_ outcome: Outcome, _ lookup: Lookup, rule: String? = nil) -> String {
        StatusLine(outcome: outcome, owner: lookup.owner, reference: Reference(lookup.id), rule: rule)
            .description
    }

    private static func answer(
        _ lookup: Lookup, from origin: ORI, lines: [String], elements: [Element] = []
    ) -> Message {
        let question = lookup.question.message
        var lines = lines
        if lookup.isLate { lines.insert(Self.lateWords, at: 1) }
        return Message(
            key: lookup.question.answerKey, origin: origin, destinations: [.agency(question.origin)],
            control: question.control, elements: elements,
            text: lines.joined(separator: "\n"))
    }

    /// The address of the owner's file: licences under `OLN`, vehicles under `LIC` (Nlets guide, "Rules - ORION").
    private static func ownerORI(_ lookup: Lookup) -> ORI {
        if lookup.question.request.kind == .archiveSearch { return SystemMessages.origin }
        let file =
            switch lookup.question.request.kind {
            case .vehicleByPlate, .vehicleByVIN, .vehicleByOwner, .partialPlate: "LIC"
            default: "OLN"
            }
        return ORI("\(lookup.owner)\(file)0000")!
    }
}
