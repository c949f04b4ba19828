package import ComityMessages

/// The one answer to a question to all states or a region: a line that counts, a line for each expected answer, then what was
/// released, owner by owner, as flat text.
///
/// ```
/// COMITY 1 MERGED 51 RELEASED 1 NOT-ON-FILE 47 REFUSED 1 HELD-FOR-REVIEW 1 NO-ANSWER 1
/// AK NOT-ON-FILE 5D1F-…
/// …
/// COMITY 1 RELEASED TX A91C-…
///   OLN X0000001
/// ```
package enum MergedAnswer {
    private static let head = "COMITY 1 MERGED "

    /// The line that counts.
    static func firstLine(_ answers: [ExpectedAnswer]) -> String {
        let counts = ExpectedAnswer.Status.allCases.compactMap { status -> String? in
            let count = answers.count { $0.status == status }
            return count == 0 ? nil : "\(status.rawValue) \(count)"
        }
        return head + (["\(answers.count)"] + counts).joined(separator: " ")
    }

    /// One owner's answer within the text: its own first line, its words, its elements.
    static func section(_ reply: Reply) -> [String] {
        var lines = reply.message.text.split(separator: "\n").map(String.init)
        // Indented, and without the stroke: in a text, a line such as `OLN/1` would be read as an element.
        lines += reply.message.elements.map { "  \($0.prefix) \($0.value)" }
        return lines
    }

    /// Whether there is more to say of an answer than its line.
    static func hasSection(_ status: ExpectedAnswer.Status) -> Bool {
        switch status {
        case .released, .releasedInPart, .passedOn: true
        // Why not, and how to obtain it, stands in `comity explain` under the reference, and would fill the message.
        case .notOnFile, .refused, .held, .noAnswer, .waitsForService, .outOfService, .notSupported,
            .notAsked:
            false
        }
    }

    /// What a merged answer says.
    package struct Reading: Sendable {
        package var answers: [ExpectedAnswer] = []
        /// The lines of each owner's section, after its first.
        package var sections: [MemberCode: [String]] = [:]
    }

    /// Reads the text of an answer; `nil` if it is not a merged one, or does not have as many lines as it says.
    package static func read(_ text: String) -> Reading? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.first, first.hasPrefix(head) else { return nil }
        var reading = Reading()
        var owner: MemberCode?
        for line in lines.dropFirst() {
            // Behind the line of this switch may stand that of the owner's own.
            if let status = StatusLine(line), status.owner != owner {
                owner = status.owner
                reading.sections[status.owner] = []
            } else if let owner {
                reading.sections[owner]!.append(line)
            } else if let answer = ExpectedAnswer(line) {
                reading.answers.append(answer)
            }
        }
        guard firstLine(reading.answers) == first else { return nil }
        return reading
    }
}
