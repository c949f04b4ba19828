import ComityLedger
import ComityMessages
import ComityPolicy

/// Owners whose own systems answer behind a link.
extension Exchange {
    /// The question as the owner gets it: under the switch's own control value, addressed to that owner alone.
    func forwarded(_ lookup: Lookup, control: ControlField, to session: SessionID) -> [UInt8] {
        var message = lookup.question.message
        message.control = control
        message.destinations = [.member(lookup.owner)]
        // Owners never see the regional form of a key.
        message.key = tables.deliveredKey(for: message.key)
        return encodedWords(
            message, to: session, at: lookup.question.received, received: lookup.question.received)
    }

    /// Whether a message is an answer to some query.
    func isAnswer(_ message: Message) -> Bool { tables.isAnswer(message.key) }

    /// An owner's system answered. What no look-up waits for is recorded and never delivered.
    mutating func ownerAnswered(
        _ message: Message, _ arrival: Arrival, permit: LinkPermit, fresh: inout FreshBytes
    ) -> [Effect] {
        guard let control = message.control, let id = awaited[control], let lookup = lookups[id],
            permit.answersFor.contains(lookup.owner), case .asking = lookup.phase,
            tables.isAnswer(message.key, to: lookup.question.message.key)
        else {
            var append = newAppend()
            append.sessions = [links.state(arrival.session)]
            append.drafts = [
                noted(
                    "unmatched-answer", message: message, arrival: arrival, link: permit.name, fresh: &fresh)
            ]
            return [
                .append(seal(append, then: Pending(received: (arrival.session, arrival.sequence))))
            ]
        }
        var append = newAppend()
        var pending = Pending(received: (arrival.session, arrival.sequence))
        append.sessions = [links.state(arrival.session)]
        answer(lookup, with: records(in: message), at: arrival.at, append: &append, pending: &pending)
        return [.append(seal(append, then: pending))]
    }

    /// An owner's answer as records. An element that the taxonomy does not know, and any text, has no group.
    private func records(in message: Message) -> RecordAnswer {
        let text = message.text
        if text.contains("NOT ON FILE") { return .records([]) }
        if text.contains(Reply.Negative.fileNotAvailable.rawValue) { return .fileNotAvailable }
        if text.contains(Reply.Negative.temporarilyUnavailable.rawValue) { return .temporarilyUnavailable }
        var elements = message.elements.map {
            TaggedElement($0.prefix, $0.value, rulebook.taxonomy.group(ofElement: $0.prefix))
        }
        if text.utf8.contains(where: { $0 > 0x20 }) { elements.append(TaggedElement("TXT", text, nil)) }
        return .records([VehicleRecord(elements: elements)])
    }
}
