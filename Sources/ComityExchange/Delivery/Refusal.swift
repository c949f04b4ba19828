import ComityDirectory
import ComityLedger
import ComityMessages

/// Why a message is not taken as look-ups. It is accepted all the same: recorded in the operations ledger, and
/// answered with an error message that says what to do.
struct Refusal {
    /// A stable word, as recorded.
    let code: String
    /// The documented number of the error, where there is one.
    let number: Int?
    /// What is wrong and what to do, without any value of the message.
    let detail: String
    /// Where in the message, where that is known.
    let offset: Int?

    init(_ code: String, number: Int?, _ detail: String) {
        self.code = code
        self.number = number
        self.detail = detail
        offset = nil
    }

    init(_ error: MessageError) {
        code = error.code
        number = error.number
        detail = (error.field.map { "\($0): " } ?? "") + error.why + " (byte \(error.offset))"
        offset = error.offset
    }

    static let agencyNotOnLink = Refusal(
        "agency-not-on-link", number: 1,
        "the sender's agency ID (ORI) may not speak on this link; ask the operator of the switch to add it")
    static let errorFromLink = Refusal(
        "error-from-link", number: 2, "only the network's switch may originate ER")
    static let noLookup = Refusal(
        "no-look-up", number: 2,
        "this switch carries driver and vehicle look-ups, administrative and status messages")
    static func notServed(_ owner: MemberCode) -> Refusal {
        Refusal("owner-not-served", number: 19, "this switch does not serve `\(owner)`")
    }
    static let duplicate = Refusal(
        "duplicate", number: nil,
        "the same message came shortly before; its answer stands; send another control field to ask again")
}

extension Exchange {
    /// Records a message that is no look-up, and tells the sender.
    mutating func refuse(
        _ arrival: Arrival, _ refusal: Refusal, message: Message?, fresh: inout FreshBytes
    ) -> [Effect] {
        var append = newAppend()
        var pending = Pending(received: (arrival.session, arrival.sequence))
        append.sessions = [links.state(arrival.session)]
        append.drafts = [
            noted(
                refusal.code, number: refusal.number, offset: refusal.offset, message: message,
                arrival: arrival,
                link: links.sessions[arrival.session]!.link, fresh: &fresh)
        ]
        let bytes = errorMessage(refusal, message: message, arrival: arrival)
        addMail(bytes, to: arrival.session, in: &append, pending: &pending)
        return [.append(seal(append, then: pending))]
    }

    /// An entry of the operations ledger: facts about a message, nothing of its content.
    func noted(
        _ reason: String, number: Int? = nil, offset: Int? = nil, message: Message?, arrival: Arrival,
        link: String, fresh: inout FreshBytes
    ) -> Draft {
        .other(
            .message(
                MessageEntry(
                    ledger: ledgerNames.operations, time: UInt64(arrival.at.milliseconds),
                    message: fresh.message(), link: link, reason: reason, number: number.map(UInt64.init),
                    offset: offset.map { UInt64(max(0, $0)) }, length: UInt64(arrival.bytes.count),
                    // Only an agency that the directory knows: anything else is characters that somebody typed.
                    agency: message.flatMap { rulebook.directory.agency($0.origin)?.ori.description })),
            body: nil)
    }

    private func errorMessage(_ refusal: Refusal, message: Message?, arrival: Arrival) -> [UInt8] {
        let error = SystemMessages.error(
            number: refusal.number, key: message?.key, detail: refusal.detail, offending: arrival.bytes,
            to: .agency(message?.origin ?? settings.ori), control: message?.control, tables: tables)
        return encodedWords(error, to: arrival.session, at: arrival.at, received: arrival.at)
    }

    /// An answer from a source that nobody waits for any more.
    mutating func unmatched(answerTo id: TransactionID, at now: Timestamp) -> [Effect] {
        var append = newAppend()
        append.drafts = [
            .other(
                .message(
                    MessageEntry(
                        ledger: ledgerNames.operations, time: UInt64(now.milliseconds), link: "records",
                        reason: "unmatched-answer", length: 0)), body: nil)
        ]
        return [.append(seal(append, then: Pending()))]
    }
}
