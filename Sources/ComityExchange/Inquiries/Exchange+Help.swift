import ComityDirectory
import ComityLedger
import ComityMessages

extension Refusal {
    static let helpAlone = Refusal(
        "help-alone", number: 19, "the address of a help text must be the only destination")
    static let helpUnknown = Refusal(
        "help-unknown", number: 19,
        "a help text has the code of a member or NL, a subject of the documented list, then HELP, UPDT, APND or CNCL"
    )
    static let helpOfAnother = Refusal(
        "help-of-another", number: 1,
        "only an agency of the member changes its help texts, those of NL only an operator of the switch")
    static let helpEmpty = Refusal("help-empty", number: 14, "there is no text; send CNCL to delete one")
    static let helpTooLong = Refusal(
        "help-too-long", number: 0, "a help text has at most \(Exchange.helpLength) bytes; make it shorter")
}

/// Help texts: what a member publishes about its files, asked for and changed by address.
///
/// Source: Nlets guide, "Help Files". Which message key carries them is not public: AM here.
extension Exchange {
    /// The longest text, so that it fits into one message with its header.
    static let helpLength = 12_000
    /// What is said where there is no text.
    static let noHelp = "NO HELP INFORMATION IS AVAILABLE FOR THIS USER"

    /// `nil` if no destination is the address of a help text.
    mutating func help(
        _ message: Message, _ arrival: Arrival, permit: LinkPermit, fresh: inout FreshBytes
    ) -> [Effect]? {
        let addresses = message.destinations.compactMap { destination -> HelpAddress? in
            guard case .agency(let ori) = destination else { return nil }
            return HelpAddress(ori)
        }
        guard let address = addresses.first else { return nil }
        guard message.destinations.count == 1 else {
            return refuse(arrival, .helpAlone, message: message, fresh: &fresh)
        }
        guard hasHelp(address) else {
            return refuse(arrival, .helpUnknown, message: message, fresh: &fresh)
        }
        let file = address.file(tables: tables)
        guard address.function != .query else {
            let text = postings.help[file] ?? Self.noHelp
            let draft = noted(
                "help-query", message: message, arrival: arrival, link: permit.name, fresh: &fresh)
            return reply(
                said([text], key: .am, from: file, to: message), recording: draft, to: arrival)
        }
        guard mayPost(message.origin, for: address.member) else {
            return refuse(arrival, .helpOfAnother, message: message, fresh: &fresh)
        }
        let kind: PostingEntry.Kind
        var text: String?
        switch address.function {
        case .query, .cancel: kind = .helpCancelled
        case .replace:
            kind = .helpReplaced
            text = message.text
        case .append:
            kind = .helpAppended
            text = postings.help[file].map { $0 + "\n" + message.text } ?? message.text
        }
        if address.function != .cancel, message.text.isEmpty {
            return refuse(arrival, .helpEmpty, message: message, fresh: &fresh)
        }
        guard (text?.utf8.count ?? 0) <= Self.helpLength else {
            return refuse(arrival, .helpTooLong, message: message, fresh: &fresh)
        }
        return post(
            kind, file, text: text, answer: said(["Recorded."], key: .am, from: file, to: message), message,
            arrival, permit: permit, fresh: &fresh)
    }

    /// Whether anybody could have a text under an address.
    private func hasHelp(_ address: HelpAddress) -> Bool {
        guard tables.helpSubjects.contains(address.subject) else { return false }
        if address.member == .network { return true }
        switch tables.member(address.member)?.class {
        case .state, .territory, .country, .province, .federal: return true
        case .service, .region, nil: return false
        }
    }

    private func mayPost(_ origin: ORI, for member: MemberCode) -> Bool {
        if member == .network { return settings.operators.contains(origin) }
        return rulebook.directory.agency(origin)?.member == tables.canonical(member)
    }
}
