import ComityDirectory
import ComityLedger
import ComityMessages

extension Refusal {
    static func notReached(_ place: Int) -> Refusal {
        Refusal(
            "destination-unknown", number: 19, "nobody is reached under destination \(place + 1)")
    }
    static let tooManyCopies = Refusal(
        "too-many-copies", number: 19,
        "a message has \(RelayEntry.mostDestinations) copies at most; name fewer destinations")
    static let tooLongToRelay = Refusal(
        "too-long-to-relay", number: 0, "the message does not fit into its output form; shorten the text")
}

/// Messages that are passed on as they are: administrative (AM, AML) and status messages (SM).
extension Exchange {
    func isRelayed(_ key: MessageKey) -> Bool { key == .am || key == .aml || key == .sm }

    /// One copy of a relayed message.
    struct Copy {
        let destination: Address
        /// `nil` if no link speaks for it: only within a region or a list.
        let link: String?
    }

    /// Records a message and puts a copy to each of its destinations, or into the queue.
    mutating func relay(
        _ message: Message, _ arrival: Arrival, permit: LinkPermit, fresh: inout FreshBytes
    ) -> [Effect] {
        let copies: [Copy]
        switch self.copies(of: message) {
        case .failure(let refused):
            return refuse(arrival, refused.refusal, message: message, fresh: &fresh)
        case .success(let found): copies = found
        }
        let duplicate = message.control == nil ? nil : duplicates.key(of: arrival.bytes)
        if let duplicate, duplicates.holds(duplicate, at: arrival.at) {
            return refuse(arrival, .duplicate, message: message, fresh: &fresh)
        }
        let relayed = Relayed(
            id: fresh.message(), bytes: arrival.bytes, form: .input, received: arrival.at, from: permit.name)
        guard written(relayed, to: copies[0].destination, session: arrival.session, at: arrival.at) != nil
        else {
            return refuse(arrival, .tooLongToRelay, message: message, fresh: &fresh)
        }
        if let duplicate { duplicates.add(duplicate, at: arrival.at) }
        var append = newAppend()
        var pending = Pending(received: (arrival.session, arrival.sequence))
        append.sessions = [links.state(arrival.session)]
        let agency = rulebook.directory.agency(message.origin)
        let body = RelayBody(salt: fresh.salt(), raw: arrival.bytes)
        let entry = RelayEntry(
            ledger: ledgerNames.operations, time: UInt64(arrival.at.milliseconds), message: relayed.id,
            link: permit.name, agency: agency?.ori.description, key: message.key.description,
            destinations: copies.map(\.destination.description), length: UInt64(arrival.bytes.count),
            body: body.commitment())
        append.drafts = [.relay(entry, body, sender: agency?.member, duplicateKey: duplicate?.bytes)]
        var lines: [RelayLine] = []
        for copy in copies {
            lines.append(post(relayed, message, copy, at: arrival.at, append: &append, pending: &pending))
        }
        if let report = RelayLine.report(lines, on: message, tables: tables) {
            addMail(
                encodedWords(report, to: arrival.session, at: arrival.at, received: arrival.at),
                to: arrival.session, in: &append, pending: &pending)
        }
        return [.append(seal(append, then: pending))]
    }

    /// One copy: numbered at once, into the queue, or no further.
    mutating func post(
        _ relayed: Relayed, _ message: Message, _ copy: Copy, at now: Timestamp, append: inout Append,
        pending: inout Pending
    ) -> RelayLine {
        guard let link = copy.link else { return RelayLine(copy.destination, .notReached) }
        let priority = priority(of: message)
        let until = now + timeToLive(of: message)
        func item(_ id: UInt64, _ reason: QueueReason) -> QueueItem {
            QueueItem(
                id: id, link: link, destination: copy.destination, key: message.key, priority: priority,
                since: now, until: until, reason: reason, content: .message(relayed))
        }
        let obstacle =
            services.isEmpty
            ? nil : services.obstacle(copy.destination, of: member(copy.destination), message.key)
        let isFull = queue.count(for: link) >= settings.queueMost
        switch obstacle?.state {
        case .hold where isFull: return RelayLine(copy.destination, .outOfService)
        case .hold:
            pending.queued.append(item(queue.newID(), .service))
            return RelayLine(copy.destination, .waitsForService, until: until)
        case .removed: return RelayLine(copy.destination, .outOfService)
        case .notSupported: return RelayLine(copy.destination, .notSupported)
        case .open, nil: break
        }
        if let session = straight(to: link),
            let bytes = written(relayed, to: copy.destination, session: session, at: now)
        {
            addMail(bytes, to: session, in: &append, pending: &pending)
            return RelayLine(copy.destination, .sent)
        }
        guard !isFull else { return RelayLine(copy.destination, .outOfService) }
        pending.queued.append(item(queue.newID(), .room))
        return RelayLine(copy.destination, .queued)
    }

    // MARK: Destinations

    struct Unreached: Error { let refusal: Refusal }

    /// Who gets a copy, each once. A region and a list stand for those in them; some of those may not be reached.
    func copies(of message: Message) -> Result<[Copy], Unreached> {
        var seen: Set<Address> = []
        var copies: [Copy] = []
        for (place, destination) in message.destinations.enumerated() {
            let all = expanded(destination).map { address in
                Copy(destination: address, link: relayRoutes.link(to: address, of: member(address)))
            }
            guard all.contains(where: { $0.link != nil }) else {
                return .failure(Unreached(refusal: .notReached(place)))
            }
            copies += all.filter { seen.insert($0.destination).inserted }
        }
        guard copies.count <= RelayEntry.mostDestinations else {
            return .failure(Unreached(refusal: .tooManyCopies))
        }
        return .success(copies)
    }

    private func expanded(_ destination: Address) -> [Address] {
        switch destination {
        case .agency(let ori):
            guard let list = settings.broadcasts[ori] else { return [destination] }
            // A list within a list is not followed: nobody could tell where it ends.
            return list.destinations.flatMap(members)
        case .member: return members(of: destination)
        }
    }

    private func members(of destination: Address) -> [Address] {
        guard case .member(let code) = destination else { return [destination] }
        return tables.reach(of: code).map { .member($0) }
    }

    // MARK: Writing

    /// A relayed message as a link gets it; `nil` if it does not fit the output form.
    func written(
        _ relayed: Relayed, to destination: Address, session: SessionID, at now: Timestamp
    ) -> [UInt8]? {
        guard var message = message(relayed) else { return nil }
        message.destinations = [destination]
        if message.key == .aml, relayed.form == .input, !message.text.hasSuffix(Self.caveat) {
            message.text += "\n" + Self.caveat
        }
        if relayed.isRepeat {
            message = message.repeated(since: relayed.received, wasSetAside: relayed.form == .output)
        }
        return encoded(message, to: session, at: now, received: relayed.received)
    }

    /// What is added to every AML. The network has a fixed text, which is not public; this one is ours.
    static let caveat = "FOR LAW ENFORCEMENT ONLY: DO NOT GIVE THIS TO ANYBODY OUTSIDE LAW ENFORCEMENT."
}

extension Message {
    /// The same with a line that says that it is sent again: the first, or after the line that programs read.
    ///
    /// - Parameter wasSetAside: whether it was set aside at that time; it was first received then otherwise.
    func repeated(since time: Timestamp, wasSetAside: Bool) -> Message {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let isForPrograms = lines.first.map { $0.hasPrefix("COMITY 1 ") } ?? false
        lines.insert(
            "REPEAT: this message was sent before, \(wasSetAside ? "and set aside" : "received") at \(time).",
            at: isForPrograms ? 1 : 0)
        var message = self
        message.text = lines.joined(separator: "\n")
        return message
    }
}
