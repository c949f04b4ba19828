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
            permit.answersFor.contains(lookup.owner), awaitsOwner(lookup),
            tables.isAnswer(message.key, to: lookup.question.message.key)
                || (judgesForItself(lookup.owner) && isWordOfSwitch(message, permit))
        else {
            if isErrorForAgency(message, permit) {
                return relay(message, arrival, permit: permit, fresh: &fresh)
            }
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
        if judgesForItself(lookup.owner) {
            passOn(
                message, to: lookup, arrival, permit: permit, append: &append, pending: &pending,
                fresh: &fresh)
        } else {
            answer(lookup, with: records(in: message), at: arrival.at, append: &append, pending: &pending)
        }
        return [.append(seal(append, then: pending))]
    }

    /// An owner's answer as records. An element that the taxonomy does not know, and any text, has no group.
    private func records(in message: Message) -> RecordAnswer {
        let text = message.text
        if message.elements.isEmpty, let negative = negative(text) { return negative }
        var elements = message.elements.map {
            TaggedElement($0.prefix, $0.value, rulebook.taxonomy.group(ofElement: $0.prefix))
        }
        if text.utf8.contains(where: { $0 > 0x20 }) { elements.append(TaggedElement("TXT", text, nil)) }
        return .records([VehicleRecord(elements: elements)])
    }

    /// A negative answer: one of the documented ones, alone. The same characters among others are text, which nobody reads
    /// for the owner: "WARRANTS NOT ON FILE" does not say that there is no licence.
    private func negative(_ text: String) -> RecordAnswer? {
        var words = text.split { $0 == " " || $0.isNewline }.joined(separator: " ")
        if words.hasSuffix(".") { words.removeLast() }
        return switch words {
        case Reply.notOnFile: .records([])
        case Reply.Negative.fileNotAvailable.rawValue: .fileNotAvailable
        case Reply.Negative.temporarilyUnavailable.rawValue: .temporarilyUnavailable
        default: nil
        }
    }
}
