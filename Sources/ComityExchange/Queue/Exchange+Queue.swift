import ComityLedger
import ComityMessages
import ComityPolicy

/// What waits without a number: goes in when it cannot go straight through, goes on when there is room or service, is
/// given up when its time to live is over.
///
/// Answers to askers never wait here: they are the end of a look-up that was accepted, and are numbered with its closing.
extension Exchange {
    /// How many messages and look-ups wait without a number, and how many of those were set aside.
    package var queuedMessages: Int { queue.items.count - queue.setAside.count }
    package var setAsideMessages: Int { queue.setAside.count }

    // MARK: In

    /// The session under which something for a link can be numbered at once; `nil` if it has to wait: nobody is
    /// connected, others wait before it, the link has as much as it may have, or it breaks again and again.
    mutating func straight(to link: String) -> SessionID? {
        guard queue.isClear(link), let id = links.connected(of: link), room(id) > 0 else { return nil }
        return id
    }

    private func room(_ id: SessionID) -> Int {
        guard let session = links.sessions[id], session.breaks < Self.breaksForgiven,
            settings.links[session.link]?.isDrained != true
        else { return 0 }
        return settings.mailWindow - Int(session.sent - session.delivered)
    }

    /// Breaks in a row over one letter from which on a link is offered one letter at a time, after a while.
    static let breaksForgiven = 2

    /// A look-up waits: for room on its owner's link, or for service.
    mutating func enqueue(
        _ lookup: Lookup, link: String?, reason: QueueReason, since: Timestamp, until: Timestamp,
        pending: inout Pending
    ) {
        let item = QueueItem(
            id: queue.newID(), link: link, destination: .member(lookup.owner),
            key: lookup.question.message.key, priority: priority(of: lookup.question.message), since: since,
            until: until, reason: reason, content: .lookup(lookup.id))
        lookup.queued = item.id
        pending.queued.append(item)
    }

    /// An append is durable that put something into the queue.
    mutating func nowDurable(_ item: QueueItem) {
        // A look-up may have ended while this was on its way to the disk.
        if let lookup = item.lookup, lookups[lookup]?.queued != item.id { return }
        queue.add(item)
        if item.reason == .service, obstacle(to: item) == nil { queue.mustLook = true }
    }

    /// A look-up ends, or goes on: its place in the queue is given up in the same append.
    mutating func leaveQueue(_ lookup: Lookup, _ append: inout Append) {
        guard let item = lookup.queued else { return }
        lookup.queued = nil
        outOfService.remove(lookup.id)
        queue.remove(item)
        append.dequeued.append((item, lookup.id))
    }

    func priority(of message: Message) -> QueuePriority {
        if message.key == .sm { return .status }
        return message.isRegional(tables: tables) ? .regional : .normal
    }

    /// How long a message may wait.
    func timeToLive(of message: Message) -> Duration {
        settings.timesToLive[message.key] ?? settings.timeToLive[priority(of: message)] ?? .seconds(3600)
    }

    // MARK: On

    /// When `queueLooked` has something to do next.
    mutating func nextLook() -> Timestamp? {
        if !queue.awake.isEmpty || queue.mustLook { return Timestamp(milliseconds: 0) }
        let offers = broken.compactMap { id -> Timestamp? in
            guard let session = links.sessions[id] else { return nil }
            return session.breaks >= settings.attempts ? session.brokenSince : session.offerFrom
        }
        return ([queue.nextEnd(), services.nextEnd] + offers).compactMap { $0 }.min()
    }

    /// Looks at everything that waits and may go on by now, or is over.
    mutating func queueLooked(at now: Timestamp, fresh: inout FreshBytes) -> [Effect] {
        var effects: [Effect] = []
        for state in services.ended(at: now) { effects += serviceReturned(state, at: now) }
        for id in broken { effects += lookAtBroken(id, at: now, fresh: &fresh) }
        for item in queue.ended(at: now) { effects.append(giveUp(item, .timeOver, at: now, fresh: &fresh)) }
        if queue.mustLook {
            queue.mustLook = false
            for item in queue.waitingForService({ _ in true }) {
                effects += lookAtService(item, at: now, fresh: &fresh)
            }
        }
        let awake = queue.awake
        queue.awake.removeAll(keepingCapacity: true)
        for link in awake.sorted() { effects += drain(link, at: now, fresh: &fresh) }
        return effects
    }

    /// Numbers what waits for a link, as far as there is room.
    private mutating func drain(_ link: String, at now: Timestamp, fresh: inout FreshBytes) -> [Effect] {
        guard let session = links.connected(of: link) else { return [] }
        var room = room(session)
        guard room > 0, !queue.isClear(link) else { return [] }
        var append = newAppend()
        var pending = Pending()
        while room > 0, let item = queue.next(for: link) {
            if forward(item, to: session, at: now, append: &append, pending: &pending, fresh: &fresh) {
                room -= 1
            }
        }
        return append.isNothing && pending.isNothing ? [] : [.append(seal(append, then: pending))]
    }

    /// Numbers one item. Returns whether it took room on its link.
    private mutating func forward(
        _ item: QueueItem, to session: SessionID, at now: Timestamp, append: inout Append,
        pending: inout Pending, fresh: inout FreshBytes
    ) -> Bool {
        switch item.content {
        case .lookup(let id):
            guard let lookup = lookups[id] else {
                queue.remove(item.id)
                return false
            }
            goOn(lookup, to: session, at: now, append: &append, pending: &pending, fresh: &fresh)
            return true
        case .message(let relayed):
            if let obstacle = obstacle(to: item) {
                if obstacle.state == .hold {
                    queue.hold(item.id)
                } else {
                    giveUp(
                        item, GivenUp(obstacle), at: now, append: &append, pending: &pending, fresh: &fresh)
                }
                return false
            }
            queue.remove(item.id)
            append.dequeued.append((item.id, nil))
            guard let bytes = written(relayed, to: item.destination, session: session, at: now) else {
                setAside(item, relayed, why: "not-writable", at: now, append: &append, pending: &pending)
                return false
            }
            addMail(bytes, to: session, in: &append, pending: &pending)
            return true
        }
    }

    /// A look-up that waited goes on. Its question is judged again under the versions now in force.
    mutating func goOn(
        _ lookup: Lookup, to session: SessionID? = nil, at now: Timestamp, append: inout Append,
        pending: inout Pending, fresh: inout FreshBytes
    ) {
        leaveQueue(lookup, &append)
        lookup.ruling = lookup.ruling.answered(by: rulebook.judgeQuestion(lookup.facts))
        if lookup.isApproved {
            lookup.ruling.judgement = lookup.ruling.judgement.limited(to: lookup.releasable)
        }
        switch lookup.ruling.judgement.gate {
        case .refused:
            let reply = Reply.refused(
                lookup, rule: shownRule(lookup), settings: settings, words: words(lookup, isAnswer: false))
            close(lookup, with: reply, Closing(.refusedOnAnswer), at: now, append: &append, pending: &pending)
        case .held where !lookup.isApproved:
            hold(lookup, since: now, append: &append, pending: &pending)
        case .held, .open:
            ask(
                again: lookup, at: now, append: &append, pending: &pending, session: session, fresh: &fresh)
        }
    }
}

extension Append {
    /// Whether there is nothing to be written yet.
    var isNothing: Bool { drafts.isEmpty && dequeued.isEmpty && held.isEmpty && releasedHeld.isEmpty }
}

extension Exchange.Pending {
    /// Whether nothing waits for it.
    var isNothing: Bool { mail.isEmpty && queued.isEmpty && asks.isEmpty && ended.isEmpty }
}
