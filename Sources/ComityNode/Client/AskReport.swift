import ComityExchange
package import ComityMessages
package import ComityService

/// What the answers to one message say, read by their first lines.
package struct AskReport: Sendable, Encodable {
    /// One owner's answer.
    package struct Answer: Sendable, Encodable {
        package let owner: String
        package let outcome: Verdict
        /// `nil` only where nothing came at all.
        package let reference: String?
        /// The rule that decided first, if it was refused or held.
        package let rule: String?
        /// The lines after the first.
        package fileprivate(set) var text: [String]
        package let elements: [Value]
        /// The references of the switches that passed it on, the nearest first, if the owner judges for itself.
        package var passedOn: [String]?
    }

    /// One element as it stood.
    package struct Value: Sendable, Encodable {
        package let prefix: String
        package let value: String
    }

    package let answers: [Answer]
    /// The text of an error message; `nil` if the switch took the message.
    package let error: String?

    /// What the program ends with: 1 for a message that the switch refused, or else the strictest outcome's.
    package var status: Int32 {
        error == nil ? Verdict.strictest(answers.map(\.outcome)).exitStatus : 1
    }

    /// - Throws: why there is nothing to report.
    package init(_ result: AskSession.Result, owners: [MemberCode], waited seconds: Int) throws(ServiceError)
    {
        if let failed = result.connectionFailed {
            throw ServiceError("no-switch", failed, next: "start it with `comity serve` or `comity demo`")
        }
        if result.answers.isEmpty, let notice = result.notice {
            throw ServiceError(notice.code, "the switch says: \(notice.why)", next: notice.next)
        }
        if let refused = result.answers.first(where: { $0.key == .er }) {
            error = refused.text
            answers = []
            return
        }
        error = nil
        var answers: [Answer] = []
        var isMerged = false
        for message in result.answers {
            if let merged = MergedAnswer.read(message.text) {
                isMerged = true
                answers += merged.answers.map { Answer($0, text: merged.sections[$0.owner]) }
                continue
            }
            let lines = message.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if message.key == .sm, let answer = lines.dropFirst().first.flatMap({ ExpectedAnswer($0) }) {
                answers.append(Answer(answer, text: Array(lines.dropFirst(2))))
                continue
            }
            // A status message says the documented words first.
            let place = message.key == .sm && lines.count > 1 ? 1 : 0
            guard let first = lines.dropFirst(place).first, let status = StatusLine(first) else {
                throw ServiceError(
                    "answer-unreadable", "an answer does not begin with the line that says what became of it",
                    next: "is it a switch of this version that answers?")
            }
            var answer = Answer(message, lines: Array(lines.dropFirst(place)), owner: status.owner)
            answer.text.insert(contentsOf: lines.prefix(place), at: 0)
            answers.append(answer)
        }
        for owner in owners where !isMerged && !answers.contains(where: { $0.owner == owner.description }) {
            let taken =
                result.isAcknowledged
                ? "the switch has the message" : "the switch did not confirm the message"
            answers.append(
                Answer(
                    owner: owner.description, outcome: .noAnswer, reference: nil, rule: nil,
                    text: ["No answer came within \(seconds) seconds; \(taken)."], elements: []))
        }
        self.answers = answers
    }
}

extension AskReport.Answer {
    /// An answer, by the last of its first lines: where it was judged.
    fileprivate init(_ message: Message, lines: [String], owner: MemberCode) {
        let chain = StatusLine.chain(lines, owner: owner)
        let last = chain[chain.count - 1]
        let first = Set(chain.map(\.description))
        self.init(
            owner: last.owner.description, outcome: Verdict(last.outcome),
            reference: last.reference.description, rule: last.rule,
            text: lines.enumerated().filter { $0.offset > chain.count || !first.contains($0.element) }
                .map(\.element),
            elements: message.elements.map { AskReport.Value(prefix: $0.prefix, value: $0.value) },
            passedOn: chain.count == 1 ? nil : chain.dropLast().map(\.reference.description))
    }

    /// One line of the answer to a question to all states, with the owner's section if it has one.
    fileprivate init(_ answer: ExpectedAnswer, text: [String]?) {
        let (outcome, words): (Verdict, [String]) =
            switch answer.status {
            case .released: (.released, [])
            case .releasedInPart: (.releasedInPart, [])
            case .notOnFile: (.released, ["NOT ON FILE"])
            case .refused: (.refused, [])
            case .held: (.heldForReview, [])
            case .waitsForService:
                (
                    .noAnswer,
                    ["Out of service; it is asked when service returns, and the answer comes by itself."]
                )
            case .outOfService: (.noAnswer, ["Out of service, and not asked; ask again later."])
            case .notSupported: (.noAnswer, ["Not asked: the owner does not answer such questions."])
            case .noAnswer: (.noAnswer, ["No answer came in time; a late one is delivered by itself."])
            case .passedOn: (.passedOn, [])
            case .notAsked: (.cannotTell, ["Not asked: this switch does not serve it."])
            }
        self.init(
            owner: answer.owner.description, outcome: outcome, reference: answer.reference?.description,
            rule: answer.rule, text: words + (text ?? []), elements: [])
    }
}
