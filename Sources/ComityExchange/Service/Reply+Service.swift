import ComityLedger
import ComityMessages

/// What the asker is told when the owner is out of service: the documented status text (Nlets guide, "Status Messages"),
/// under his control field.
extension Reply {
    /// It waits, and goes on when service returns.
    static func forwardedLater(
        _ lookup: Lookup, _ state: ServiceState, until: Timestamp, tables: CodeTables
    ) -> Reply {
        let line = ExpectedAnswer(
            owner: lookup.owner, status: .waitsForService, reference: Reference(lookup.id))
        return Reply(
            outcome: .noAnswer,
            message: status(
                2, lookup,
                [
                    line.description, "It goes on when service returns, until \(until) at the latest.",
                    expected(state),
                ], tables),
            line: .waitsForService)
    }

    /// It goes no further.
    static func notForwarded(_ lookup: Lookup, _ state: ServiceState, tables: CodeTables) -> Reply {
        let isNever = state.state == .notSupported
        let line = StatusLine(outcome: .noAnswer, owner: lookup.owner, reference: Reference(lookup.id))
        let words =
            isNever
            ? "\(lookup.owner) does not answer \(lookup.question.message.key). Nothing was released."
            : "\(lookup.owner) is out of service. Nothing was released. Ask again later."
        return Reply(
            outcome: .noAnswer,
            message: status(isNever ? 1 : 4, lookup, [line.description, words, expected(state)], tables),
            line: isNever ? .notSupported : .outOfService)
    }

    private static func expected(_ state: ServiceState) -> String {
        state.until.map { "Service is expected to return at \($0)." } ?? ""
    }

    private static func status(
        _ number: Int, _ lookup: Lookup, _ lines: [String], _ tables: CodeTables
    ) -> Message {
        let question = lookup.question.message
        let detail = lines.filter { !$0.isEmpty }.joined(separator: "\n")
        return SystemMessages.status(
            number: number, detail: detail, to: .agency(question.origin), control: question.control,
            tables: tables)
            ?? Message(
                key: .sm, origin: SystemMessages.origin, destinations: [.agency(question.origin)],
                control: question.control, text: detail)
    }
}
