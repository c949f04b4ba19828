import ComityDirectory
package import ComityLedger
package import ComityMessages

/// What destinations take, and what becomes of a message to one that does not take it now.
extension Exchange {
    /// The states that people, links and the clock have set, where they are not simply open.
    package var serviceStates: [ServiceState] { services.all }

    /// The states that earlier processes recorded, in the order of the control ledger.
    package mutating func restoreServices(_ entries: [ServiceEntry]) {
        for entry in entries {
            if let state = ServiceState(entry) { services.set(state) }
        }
        queue.mustLook = true
    }

    /// What those entries leave that is not simply open.
    package static func serviceStates(_ entries: [ServiceEntry]) -> [ServiceState] {
        var table = ServiceTable()
        for entry in entries { if let state = ServiceState(entry) { table.set(state) } }
        return table.all
    }

    /// Somebody says what a destination takes from now on. What waits for it goes on with later appends.
    package mutating func serviceChanged(_ state: ServiceState, at now: Timestamp) -> Append {
        var append = newAppend()
        change(state, at: now, append: &append)
        return seal(append, then: Pending())
    }

    mutating func change(_ state: ServiceState, at now: Timestamp, append: inout Append) {
        append.drafts.append(
            .other(.service(ServiceEntry(state, ledger: ledgerNames.control, at: now)), body: nil))
        services.set(state)
        queue.mustLook = true
    }

    /// The stated time of a state is over.
    mutating func serviceReturned(_ state: ServiceState, at now: Timestamp) -> [Effect] {
        let open = ServiceState(
            destination: state.destination, key: state.key, state: .open, cause: .time, reason: "time-over",
            since: now)
        return [.append(serviceChanged(open, at: now))]
    }

    // MARK: Look-ups

    /// What keeps an owner from being asked; `nil` if it is open.
    func obstacle(to lookup: Lookup) -> ServiceState? {
        guard !services.isEmpty, lookup.question.request.kind != .archiveSearch else { return nil }
        let key = tables.deliveredKey(for: lookup.question.message.key)
        return services.obstacle(.member(lookup.owner), of: nil, key)
    }

    /// A look-up's owner does not take it now: it waits, or ends, and the asker is told which.
    ///
    /// - Parameter draft: the place of its question, if that stands in the same append.
    mutating func stop(
        _ lookup: Lookup, by obstacle: ServiceState, of draft: Int? = nil, at now: Timestamp,
        append: inout Append, pending: inout Pending
    ) {
        var link: String?
        if case .link(let name) = settings.owners[lookup.owner] { link = name }
        let isFull = queue.count(for: link, .member(lookup.owner)) >= settings.queueMost
        guard obstacle.state == .hold, !isFull else {
            let reply = Reply.notForwarded(lookup, obstacle, tables: tables)
            return close(
                lookup, with: reply, Closing(.noAnswer), of: draft, at: now, append: &append,
                pending: &pending)
        }
        let until = now + timeToLive(of: lookup.question.message)
        lookup.phase = .waiting(until: until)
        outOfService.insert(lookup.id)
        deadlines.add(lookup.id, until: until)
        enqueue(lookup, link: link, reason: .service, since: now, until: until, pending: &pending)
        let reply = Reply.forwardedLater(lookup, obstacle, until: until, tables: tables)
        if let all = lookup.allStates, !all.isDelivered {
            return gather(held: lookup, reply, into: all, at: now, append: &append, pending: &pending)
        }
        let bytes = encodedWords(
            reply.message, to: lookup.session, at: now, received: lookup.question.received)
        addMail(bytes, to: lookup.session, in: &append, pending: &pending)
    }

    // MARK: What waits

    func obstacle(to item: QueueItem) -> ServiceState? {
        guard !services.isEmpty else { return nil }
        var member: MemberCode?
        if case .agency(let ori) = item.destination { member = rulebook.directory.agency(ori)?.member }
        return services.obstacle(item.destination, of: member, tables.deliveredKey(for: item.key))
    }

    /// Service has changed: does an item that waits for it go on?
    mutating func lookAtService(
        _ item: QueueItem, at now: Timestamp, fresh: inout FreshBytes
    ) -> [Effect] {
        let obstacle = obstacle(to: item)
        switch item.content {
        case .message:
            guard let obstacle else {
                queue.free(item.id)
                return []
            }
            return obstacle.state == .hold
                ? [] : [giveUp(item, GivenUp(obstacle), at: now, fresh: &fresh)]
        case .lookup(let id):
            guard let lookup = lookups[id], obstacle?.state != .hold else { return [] }
            if obstacle == nil, item.link != nil {
                queue.free(item.id)
                return []
            }
            var append = newAppend()
            var pending = Pending()
            // Asks the record source; or ends, if the owner takes it no more at all.
            goOn(lookup, at: now, append: &append, pending: &pending, fresh: &fresh)
            return [.append(seal(append, then: pending))]
        }
    }
}

extension ServiceState {
    /// As the control ledger has it; `nil` if destination or key cannot be read.
    package init?(_ entry: ServiceEntry) {
        guard let destination = Address(entry.destination) else { return nil }
        var key: MessageKey?
        if let text = entry.key {
            guard let read = MessageKey(text) else { return nil }
            key = read
        }
        self.init(
            destination: destination, key: key, state: entry.state,
            until: entry.until.map { Timestamp(milliseconds: Int64(clamping: $0)) }, cause: entry.cause,
            link: entry.link, reason: entry.reason,
            since: Timestamp(milliseconds: Int64(clamping: entry.time)))
    }
}

extension ServiceEntry {
    package init(_ state: ServiceState, ledger: LedgerName, at now: Timestamp) {
        self.init(
            ledger: ledger, time: UInt64(max(0, now.milliseconds)),
            destination: state.destination.description,
            key: state.key?.description, state: state.state,
            until: state.until.map { UInt64(max(0, $0.milliseconds)) }, cause: state.cause, link: state.link,
            reason: state.reason)
    }
}
