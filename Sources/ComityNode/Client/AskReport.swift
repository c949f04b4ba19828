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
        package let text: [String]
        package let elements: [Value]
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
        for message in result.answers {
            let lines = message.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard let first = lines.first, let status = StatusLine(first) else {
                throw ServiceError(
                    "answer-unreadable", "an answer does not begin with the line that says what became of it",
                    next: "is it a switch of this version that answers?")
            }
            answers.append(
                Answer(
                    owner: status.owner.description, outcome: Verdict(status.outcome),
                    reference: status.reference.description, rule: status.rule,
                    text: Array(lines.dropFirst()),
                    elements: message.elements.map { Value(prefix: $0.prefix, value: $0.value) }))
        }
        for owner in owners where !answers.contains(where: { $0.owner == owner.description }) {
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
