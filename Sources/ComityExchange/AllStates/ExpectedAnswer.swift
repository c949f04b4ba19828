package import ComityMessages

/// What became of one of the answers that a question to all states expects: one line of the merged answer.
///
/// `TX RELEASED A91C-03BF-77E0-12AB`, `WA REFUSED A91C-03BF-77E0-12AC WA-1`, `PR NOT-ASKED`. "No answer" and "not on file"
/// are different words, because who mistakes one for the other lets somebody go.
package struct ExpectedAnswer: Hashable, Sendable, LosslessStringConvertible {
    /// The words of the line.
    package enum Status: String, CaseIterable, Sendable {
        case released = "RELEASED"
        case releasedInPart = "RELEASED-IN-PART"
        /// Released, and there is no record.
        case notOnFile = "NOT-ON-FILE"
        case refused = "REFUSED"
        case held = "HELD-FOR-REVIEW"
        case noAnswer = "NO-ANSWER"
        /// The owner is out of service; it is asked when service returns, and its answer comes by itself.
        case waitsForService = "WAITS-FOR-SERVICE"
        /// The owner is out of service and was not asked; ask again.
        case outOfService = "OUT-OF-SERVICE"
        /// The owner does not take questions of this key.
        case notSupported = "NOT-SUPPORTED"
        /// An owner that judges for itself has answered, and the answer does not say in a first line what became of it.
        case passedOn = "PASSED-ON"
        case notAsked = "NOT-ASKED"
    }

    package var owner: MemberCode
    package var status: Status
    /// `nil` only for one that was not asked.
    package var reference: Reference?
    /// The rule that decided first; only for what was refused or held.
    package var rule: String?

    package init(owner: MemberCode, status: Status, reference: Reference? = nil, rule: String? = nil) {
        self.owner = owner
        self.status = status
        self.reference = reference
        self.rule = rule
    }

    /// Reads the line; `nil` if it has another form.
    package init?(_ line: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard (2...4).contains(words.count), let owner = MemberCode(words[0]),
            let status = Status(rawValue: words[1])
        else { return nil }
        let reference = words.count > 2 ? Reference(words[2]) : nil
        self.init(
            owner: owner, status: status, reference: reference, rule: words.count > 3 ? words[3] : nil)
        guard (reference == nil) == (status == .notAsked), description == line else { return nil }
    }

    package var description: String {
        ([owner.description, status.rawValue, reference?.description, rule] as [String?]).compactMap { $0 }
            .joined(separator: " ")
    }
}

extension ExpectedAnswer {
    /// What a reply says of its look-up. Only what the asker is told counts: a neutral answer is not on file.
    init(_ reply: Reply, of lookup: Lookup, rule: String?) {
        let told: Status =
            switch reply.outcome {
            case .released: reply.message.elements.isEmpty ? .notOnFile : .released
            case .releasedInPart: .releasedInPart
            case .heldForReview: .held
            case .refused: .refused
            case .noAnswer: .noAnswer
            case .passedOn: Self.passedOn(reply)
            }
        let status = reply.line ?? told
        self.init(
            owner: lookup.owner, status: status, reference: Reference(lookup.id),
            rule: status == .refused || status == .held
                ? reply.outcome == .passedOn ? reply.ownRule : rule : nil)
    }

    /// What an owner that judges for itself has said.
    private static func passedOn(_ reply: Reply) -> Status {
        let isEmpty = reply.message.elements.isEmpty
        return switch reply.ownStatus {
        case .released:
            isEmpty && reply.message.text.split(separator: "\n").contains { $0 == Reply.notOnFile }
                ? .notOnFile : .released
        case .releasedInPart: .releasedInPart
        case .refused: .refused
        case .heldForReview: .held
        case .noAnswer: .noAnswer
        case .passedOn, nil: .passedOn
        }
    }
}
