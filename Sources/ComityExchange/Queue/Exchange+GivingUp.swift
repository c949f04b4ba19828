import ComityDirectory
import ComityLedger
import ComityMessages

/// Why a message that waited is given up. Its sender is told.
enum GivenUp: String {
    case timeOver = "time-over"
    case notSupported = "not-supported"
    case removed

    init(_ obstacle: ServiceState) { self = obstacle.state == .notSupported ? .notSupported : .removed }

    /// The number of the status message.
    var number: Int { self == .notSupported ? 1 : 4 }

    var words: String {
        switch self {
        case .timeOver: "It waited as long as it may, and was given up. Send it again if it still matters."
        case .notSupported: "The destination does not take messages of this key."
        case .removed: "The destination is out of service. Send it again later."
        }
    }
}

extension Exchange {
    mutating func giveUp(_ item: QueueItem, _ why: GivenUp, at now: Timestamp, fresh: inout FreshBytes)
        -> Effect
    {
        var append = newAppend()
        var pending = Pending()
        giveUp(item, why, at: now, append: &append, pending: &pending, fresh: &fresh)
        return .append(seal(append, then: pending))
    }

    /// A relayed message goes no further: the operations ledger and its sender are told.
    mutating func giveUp(
        _ item: QueueItem, _ why: GivenUp, at now: Timestamp, append: inout Append, pending: inout Pending,
        fresh: inout FreshBytes
    ) {
        guard case .message(let relayed) = item.content, queue.remove(item.id) != nil else { return }
        append.dequeued.append((item.id, nil))
        append.drafts.append(noted(why.rawValue, item, relayed, at: now))
        guard let message = message(relayed) else { return }
        let detail =
            "\(item.destination) NOT-DELIVERED \(message.key) of \(relayed.received)\n" + why.words
        tell(
            relayed.from,
            SystemMessages.status(
                number: why.number, detail: detail, to: .agency(message.origin), control: message.control,
                tables: tables), at: now, append: &append, pending: &pending)
    }

    /// An entry of the operations ledger about a message that was taken before.
    func noted(_ reason: String, _ item: QueueItem, _ relayed: Relayed, at now: Timestamp) -> Draft {
        .other(
            .message(
                MessageEntry(
                    ledger: ledgerNames.operations, time: UInt64(max(0, now.milliseconds)),
                    message: relayed.id,
                    link: item.link ?? "", reason: reason, length: UInt64(relayed.bytes.count),
                    agency: message(relayed).flatMap { rulebook.directory.agency($0.origin)?.ori.description }
                )
            ), body: nil)
    }

    /// A message of the switch itself for a link. If nobody has ever signed on there, it waits.
    mutating func tell(
        _ link: String, _ message: Message?, at now: Timestamp, append: inout Append, pending: inout Pending
    ) {
        guard let message, settings.links[link] != nil else { return }
        if let session = links.connected(of: link) ?? links.newest(of: link) {
            let bytes = encodedWords(message, to: session, at: now, received: now)
            return addMail(bytes, to: session, in: &append, pending: &pending)
        }
        var stamped = message
        stamped.stamps = Stamps(received: ClockLine(now, count: 0), sent: ClockLine(now, count: 0))
        guard let bytes = try? LegacyCodec.encode(stamped, direction: .output),
            let destination = message.destinations.first
        else { return }
        pending.queued.append(
            QueueItem(
                id: queue.newID(), link: link, destination: destination, key: message.key,
                priority: .status, since: now, until: now + timeToLive(of: message), reason: .room,
                content: .message(
                    Relayed(
                        id: MessageID(high: 0, low: 0), bytes: bytes, form: .output, received: now, from: ""))
            ))
    }

    /// What a relayed message says.
    func message(_ relayed: Relayed) -> Message? {
        try? LegacyCodec.decode(
            relayed.bytes, direction: relayed.form == .input ? .input : .output, tables: tables)
    }
}
