import ComityDirectory
import ComityLedger
import ComityMessages

extension Refusal {
    static let statementUnfit = Refusal(
        "service-statement-unfit", number: 0,
        "a statement of service reads: COMITY 1 SERVICE, member or agency, key or ALL, OPEN or HOLD or NOT-SUPPORTED or "
            + "REMOVED; then, if wanted, UNTIL and a time, REASON and a word")
    static let notItsService = Refusal(
        "service-of-another", number: 1, "a link states the service of its own members and agencies only")
}

/// Status messages in which a member states its own service.
extension Exchange {
    /// `nil` if a status message is none of those, but words for people.
    mutating func serviceStated(
        _ message: Message, _ arrival: Arrival, permit: LinkPermit, fresh: inout FreshBytes
    ) -> [Effect]? {
        let first = message.text.split(separator: "\n").first.map(String.init) ?? ""
        // What is addressed to the switch itself is for nobody else to read.
        let isForSwitch = message.destinations == [.member(.network)]
        guard ServiceStatement.isMeant(first) || isForSwitch else { return nil }
        guard var statement = ServiceStatement(first.trimmed) else {
            return refuse(arrival, .statementUnfit, message: message, fresh: &fresh)
        }
        if case .member(let code) = statement.destination {
            statement.destination = .member(tables.canonical(code))
        }
        guard permit.owns(statement.destination, of: member(statement.destination)) else {
            return refuse(arrival, .notItsService, message: message, fresh: &fresh)
        }
        var append = newAppend()
        var pending = Pending(received: (arrival.session, arrival.sequence))
        append.sessions = [links.state(arrival.session)]
        let state = ServiceState(
            destination: statement.destination, key: statement.key, state: statement.state,
            until: statement.until, cause: .link, link: permit.name,
            reason: statement.reason ?? "not-stated", since: arrival.at)
        change(state, at: arrival.at, append: &append)
        let receipt = Message(
            key: .sm, origin: SystemMessages.origin, destinations: [.agency(message.origin)],
            control: message.control, text: "\(statement)\nRecorded.")
        addMail(
            encodedWords(receipt, to: arrival.session, at: arrival.at, received: arrival.at),
            to: arrival.session, in: &append, pending: &pending)
        return [.append(seal(append, then: pending))]
    }

    /// Whose a destination is; `nil` for an agency that the directory does not know.
    func member(_ destination: Address) -> MemberCode? {
        switch destination {
        case .member(let code): tables.canonical(code)
        case .agency(let ori): rulebook.directory.agency(ori)?.member
        }
    }
}

extension LinkPermit {
    /// Whether a destination is one of those that this link speaks or answers for by name. A terminal on which everybody
    /// may speak owns nothing.
    func owns(_ destination: Address, of member: MemberCode?) -> Bool {
        if case .agency(let ori) = destination, speaksFor.agencies.contains(ori) { return true }
        guard let member else { return false }
        return answersFor.contains(member) || speaksFor.members.contains(member)
    }
}

extension String {
    /// Without blanks at its end.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
