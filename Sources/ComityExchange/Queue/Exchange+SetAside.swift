import ComityDirectory
import ComityLedger
package import ComityMessages

/// Messages over which a link breaks again and again.
///
/// The first break may be the line's fault. From the second in a row over the same letter the link is offered that letter
/// alone, after 1, 2, 4, … seconds; after `ExchangeSettings.attempts` it is set aside, and a notice takes its number, so that
/// what comes after it can go on.
extension Exchange {
    /// A connection broke: was anything on it that the link does not have?
    mutating func connectionBroke(_ id: SessionID, at now: Timestamp) {
        guard let session = links.sessions[id], let head = session.outbox.head,
            session.written >= head.sequence
        else { return }
        if session.brokenAt == head.sequence {
            session.breaks += 1
        } else {
            (session.brokenAt, session.breaks) = (head.sequence, 1)
        }
        session.brokenSince = now
        guard session.breaks >= Self.breaksForgiven else { return }
        let doubled = min(session.breaks - Self.breaksForgiven, 6)
        session.offerFrom = now + .seconds(1 << doubled)
        broken.insert(id)
    }

    mutating func lookAtBroken(_ id: SessionID, at now: Timestamp, fresh: inout FreshBytes) -> [Effect] {
        guard let session = links.sessions[id], let head = session.outbox.head,
            session.brokenAt == head.sequence, let from = session.offerFrom
        else {
            links.sessions[id]?.offerFrom = nil
            broken.remove(id)
            return send(to: id).map(Effect.link)
        }
        if session.breaks >= settings.attempts {
            broken.remove(id)
            return setAside(head, of: session, at: now, fresh: &fresh)
        }
        guard from <= now else { return [] }
        session.offerFrom = nil
        broken.remove(id)
        return send(to: id).map(Effect.link)
    }

    /// A letter leaves its session, and a notice takes its number.
    private mutating func setAside(
        _ letter: Outbox.Letter, of session: Session, at now: Timestamp, fresh: inout FreshBytes
    ) -> [Effect] {
        // Nothing is offered until the notice is on the disk.
        session.offerFrom = now + .seconds(3600)
        let message = try? LegacyCodec.decode(letter.bytes, direction: .output, tables: tables)
        var append = newAppend()
        var pending = Pending()
        let relayed = Relayed(
            id: fresh.message(), bytes: letter.bytes, form: .output, received: now, from: session.link)
        let item = QueueItem(
            id: queue.newID(), link: session.link,
            destination: message?.destinations.first ?? .agency(settings.ori), key: message?.key ?? .sm,
            priority: message.map(priority) ?? .normal, since: now, until: now, reason: .setAside,
            attempts: session.breaks, content: .message(relayed))
        pending.queued.append(item)
        append.drafts.append(noted("set-aside", item, relayed, at: now))
        let notice = Message(
            key: .sm, origin: SystemMessages.origin, destinations: [item.destination],
            control: message?.control,
            text:
                "SET-ASIDE \(item.key) number \(letter.sequence)\nThe connection broke \(session.breaks) times while "
                + "this message was sent, so it was set aside.\nAsk the operator of the switch for it, or ask again."
        )
        pending.mail.append(
            Mail(
                session: session.id, sequence: letter.sequence,
                bytes: encodedWords(notice, to: session.id, at: now, received: now)))
        return [.append(seal(append, then: pending))]
    }

    /// A message that cannot be written for its link.
    mutating func setAside(
        _ item: QueueItem, _ relayed: Relayed, why: String, at now: Timestamp, append: inout Append,
        pending: inout Pending
    ) {
        let aside = QueueItem(
            id: queue.newID(), link: item.link, destination: item.destination, key: item.key,
            priority: item.priority, since: now, until: now, reason: .setAside, attempts: item.attempts,
            content: item.content)
        pending.queued.append(aside)
        append.drafts.append(noted(why, aside, relayed, at: now))
    }

    // MARK: What a person does with them

    /// What was set aside, the oldest first.
    package var setAside: [SetAside] {
        queue.setAside.compactMap { item in
            guard case .message(let relayed) = item.content else { return nil }
            return SetAside(
                id: item.id, link: item.link ?? "", key: item.key,
                agency: message(relayed).flatMap { rulebook.directory.agency($0.origin)?.ori },
                destination: item.destination, since: item.since, attempts: item.attempts,
                length: relayed.bytes.count)
        }
    }

    /// A person has it sent again, marked as a repeat, or throws it away. Either is recorded.
    ///
    /// - Throws: `SetAsideFault`; then nothing was changed.
    package mutating func setAsideDecided(
        _ id: UInt64, release: Bool, at now: Timestamp
    ) throws(SetAsideFault) -> Append {
        guard let item = queue.setAside.first(where: { $0.id == id }),
            case .message(var relayed) = item.content
        else { throw .notSetAside }
        let message = message(relayed)
        if release {
            guard let message else { throw .notWritable }
            // An answer to a question that is put again now would match nothing: its look-up has ended.
            guard message.request(tables: tables) == nil else { throw .lookupEnded }
        }
        var append = newAppend()
        var pending = Pending()
        queue.remove(id)
        append.dequeued.append((id, nil))
        append.drafts.append(noted(release ? "sent-again" : "discarded", item, relayed, at: now))
        if release, let message {
            relayed.isRepeat = true
            pending.queued.append(
                QueueItem(
                    id: queue.newID(), link: item.link, destination: item.destination, key: item.key,
                    priority: item.priority, since: now, until: now + timeToLive(of: message), reason: .room,
                    content: .message(relayed)))
        }
        return seal(append, then: pending)
    }
}

/// A message that waits for a person.
package struct SetAside: Hashable, Sendable {
    /// Its number in the queue.
    package let id: UInt64
    /// The link that it blocked.
    package let link: String
    package let key: MessageKey
    /// Whose message it is, if the directory knows the agency.
    package let agency: ORI?
    package let destination: Address
    package let since: Timestamp
    package let attempts: Int
    /// Bytes.
    package let length: Int
}

/// Why nothing was done with a message that was set aside.
package enum SetAsideFault: Error, Hashable, Sendable {
    case notSetAside
    case lookupEnded
    case notWritable
}
