import ComityDirectory
import ComityLedger
package import ComityMessages

/// Messages that a person has sent once more: the same text, marked as a repeat, to whom it went before and to nobody else.
extension Exchange {
    /// Records it, and puts a copy to each destination or into the queue, as with a new message. Nobody but the person is told
    /// what became of it: its sender was told the first time.
    ///
    /// - Returns: what becomes of each copy.
    /// - Throws: `ResendFault`; then nothing was changed.
    package mutating func resent(
        _ order: ResendOrder, at now: Timestamp, fresh: inout FreshBytes
    ) throws(ResendFault) -> (lines: [RelayLine], append: Append) {
        guard (1...ResendOrder.longestPerson).contains(order.person.utf8.count),
            (1...ResendOrder.longestReason).contains(order.reason.utf8.count)
        else { throw .unnamed }
        let received = Timestamp(milliseconds: Int64(clamping: order.original.time))
        guard
            let message = message(
                Relayed(
                    id: order.original.message, bytes: order.raw, form: .input, received: received, from: "")),
            !order.destinations.isEmpty
        else { throw .notWritable }
        for address in order.destinations {
            guard fits(message.repeated(since: received, wasSetAside: false), to: address) else {
                throw .tooLong
            }
        }
        let copies = try order.destinations.map { address throws(ResendFault) in
            try copy(of: message, order.original, to: address)
        }
        let relayed = Relayed(
            id: fresh.message(), bytes: order.raw, form: .input, received: received, from: "", isRepeat: true)
        let body = ResendBody(salt: fresh.salt(), person: order.person, reason: order.reason)
        let entry = ResendEntry(
            ledger: ledgerNames.operations, time: UInt64(max(0, now.milliseconds)), message: relayed.id,
            original: order.original.message, relay: order.position,
            destinations: copies.map(\.destination.description), body: body.commitment())
        var append = newAppend()
        var pending = Pending()
        append.drafts = [.resend(entry, body)]
        var lines: [RelayLine] = []
        for copy in copies {
            lines.append(post(relayed, message, copy, at: now, append: &append, pending: &pending))
        }
        return (lines, seal(append, then: pending))
    }

    /// One copy, if it can be sent and none of the first time is still to come.
    private func copy(
        of message: Message, _ original: RelayEntry, to address: Address
    ) throws(ResendFault) -> Copy {
        guard original.destinations.contains(address.description) else { throw .notAmong(address) }
        for item in queue.items.values.sorted(by: { $0.id < $1.id }) where item.destination == address {
            guard case .message(let relayed) = item.content,
                relayed.id == original.message
                    || self.message(relayed).map({ isCopy($0, of: message) }) == true
            else { continue }
            throw item.reason == .setAside
                ? .setAside(address, number: item.id) : .waits(address, item.reason)
        }
        guard let link = relayRoutes.link(to: address, of: member(address)) else {
            throw .notReached(address)
        }
        for session in links.sessions.values where session.link == link {
            for bytes in session.outbox.bytes {
                guard let letter = try? LegacyCodec.decode(bytes, direction: .output, tables: tables),
                    letter.destinations.contains(address), isCopy(letter, of: message)
                else { continue }
                throw .onItsWay(address, link: link)
            }
        }
        if let obstacle = services.obstacle(address, of: member(address), message.key),
            obstacle.state != .hold
        {
            throw .notTaken(address, obstacle.state)
        }
        return Copy(destination: address, link: link)
    }

    /// Whether a message can be written as it goes out.
    private func fits(_ message: Message, to destination: Address) -> Bool {
        var stamped = message
        stamped.destinations = [destination]
        let line = ClockLine(Timestamp(milliseconds: 0), count: 0)
        stamped.stamps = Stamps(received: line, sent: line)
        if stamped.key == .aml { stamped.text += "\n" + Self.caveat }
        return (try? LegacyCodec.encode(stamped, direction: .output)) != nil
    }

    /// Whether one message is another as it goes out: with what is added to an AML, or the line of a repeat.
    private func isCopy(_ found: Message, of message: Message) -> Bool {
        found.key == message.key && found.origin == message.origin && found.control == message.control
            && found.text.contains(message.text)
    }
}
