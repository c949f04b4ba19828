package import ComityMessages

/// What happens to links.
///
/// | event | the link knows | the machine does |
/// | --- | --- | --- |
/// | `linkOpened`, session known | the highest number it has | forgets that mail, says where to go on, sends the rest |
/// | `linkOpened`, new session | | begins one; a link that does not share sessions takes its old mail along |
/// | `linkAcknowledged` | that it has mail up to a number | forgets it with the next append, sends more |
/// | `linkClosed` | nothing | keeps the session and its mail |
/// | `linkEnded` | that it will not come back to this session | ends the session |
extension Exchange {
    /// A link signed on; its secret has been checked.
    ///
    /// - Parameters:
    ///   - name: the session's name, chosen by the link.
    ///   - received: the highest number of the switch that the link has.
    package mutating func linkOpened(
        _ connection: ConnectionID, link: String, session name: String, received: UInt64, at now: Timestamp
    ) -> [Effect] {
        guard let permit = settings.links[link] else { return [] }
        var effects: [Effect] = []
        let known = links.session(link: link, name: name)
        if permit.isDrained, !hasSomething(for: known) {
            return [.link(.notice(connection, Self.drained(nil)))]
        }
        let sent = known.flatMap { links.sessions[$0]?.sent } ?? 0
        guard received <= sent else {
            // The link has more than was ever sent: it speaks of another switch, or of a home that was put back.
            let notice = Notice(
                code: "session-ahead",
                why: "the link says that it has received message \(received) of this session, but only "
                    + "\(sent) were sent: the switch's home was restored from an older copy, or the "
                    + "session belongs to another switch",
                next: "begin a new session, and tell the operator of the switch", closes: true)
            return [.link(.notice(connection, notice))]
        }
        if known == nil, permit.sharesSessions {
            guard let room = makeRoom(on: link) else {
                let notice = Notice(
                    code: "too-many-sessions",
                    why:
                        "this link has \(settings.sessionsPerLink) sessions, and all of them have something waiting",
                    next: "sign on again to one of them, or end those that are done", closes: true)
                return [.link(.notice(connection, notice))]
            }
            effects += room
        }
        let id = known ?? links.begin(link: link, name: name)
        if let old = links.sessions[id]?.connection {
            effects.append(.link(.close(old)))
            connectionBroke(id, at: now)
        }
        if !permit.sharesSessions {
            for old in links.others(of: link, than: id) { effects += takeOver(old, by: id) }
        }
        links.connect(connection, to: id)
        effects.append(.link(.welcome(connection, session: id, received: links.sessions[id]!.received)))
        forget(through: received, in: id)
        // What a link once acknowledged is gone, whatever it says now.
        links.sessions[id]!.written = links.sessions[id]!.delivered
        wake(link)
        return effects + send(to: id).map(Effect.link)
    }

    /// The link has everything up to a number.
    package mutating func linkAcknowledged(_ connection: ConnectionID, through sequence: UInt64) -> [Effect] {
        guard let id = links.session(of: connection), let session = links.sessions[id] else { return [] }
        guard sequence <= session.written else {
            let notice = Notice(
                code: "acknowledged-too-much",
                why: "message \(sequence) was acknowledged but only \(session.written) were sent",
                next: "sign on again", closes: true)
            return [.link(.notice(connection, notice))]
        }
        forget(through: sequence, in: id)
        wake(session.link)
        return send(to: id).map(Effect.link)
    }

    /// There may be room on a link now.
    private mutating func wake(_ link: String) {
        if !queue.isEmpty { queue.awake.insert(link) }
    }

    /// A connection broke. The session and its mail wait for the link to come back.
    package mutating func linkClosed(_ connection: ConnectionID, at now: Timestamp) {
        if let id = links.session(of: connection) { connectionBroke(id, at: now) }
        links.disconnect(connection)
    }

    /// A link said goodbye. A session with nothing waiting ends; one that did not take all of its mail stays, so
    /// that the link can come back for it.
    package mutating func linkEnded(_ connection: ConnectionID) -> [Effect] {
        guard let id = links.session(of: connection) else { return [] }
        links.disconnect(connection)
        guard links.sessions[id]!.outbox.count == 0, !hasOpenLookups(id) else { return [] }
        links.end(id)
        var append = newAppend()
        append.closedSessions = [id]
        return [.append(seal(append, then: Pending()))]
    }

    /// Mail of a session that another of the same link replaces is numbered anew.
    private mutating func takeOver(_ old: SessionID, by new: SessionID) -> [Effect] {
        var effects: [Effect] = []
        if let connection = links.sessions[old]?.connection { effects.append(.link(.close(connection))) }
        var append = newAppend()
        var pending = Pending()
        // Also what is on the way to the disk: it arrives there under the old session and goes with it.
        let underWay = pendingMail(of: old)
        for bytes in links.sessions[old]!.outbox.bytes + underWay {
            addMail(bytes, to: new, in: &append, pending: &pending)
        }
        for (id, lookup) in lookups where lookup.session == old { lookups[id]!.session = new }
        // A link that takes a new session each time must not hide that it breaks over the same letter.
        if let from = links.sessions[old], let to = links.sessions[new], from.breaks > 0,
            from.outbox.head?.sequence == from.brokenAt, to.outbox.head == nil,
            let first = pending.mail.first?.sequence
        {
            (to.brokenAt, to.breaks, to.offerFrom, to.brokenSince) =
                (first, from.breaks, from.offerFrom, from.brokenSince)
            if from.offerFrom != nil { broken.insert(new) }
        }
        append.closedSessions = [old]
        links.end(old)
        append.sessions = [links.state(new)]
        return effects + [.append(seal(append, then: pending))]
    }

    /// Durable mail that the link may get now.
    func sendable(_ id: SessionID) -> [LinkEffect] {
        guard let session = links.sessions[id], let connection = session.connection,
            session.offerFrom == nil
        else { return [] }
        // One at a time to a link that breaks again and again: then it is known over which.
        let window = session.breaks >= Self.breaksForgiven ? 1 : settings.mailWindow
        let room = window - Int(session.written - session.delivered)
        return session.outbox.after(session.written, limit: room).map {
            .send(connection, sequence: $0.sequence, bytes: $0.bytes)
        }
    }

    mutating func send(to id: SessionID) -> [LinkEffect] {
        let effects = sendable(id)
        links.sessions[id]?.written += UInt64(effects.count)
        return effects
    }

    private mutating func forget(through sequence: UInt64, in id: SessionID) {
        guard links.sessions[id] != nil else { return }
        if links.sessions[id]!.outbox.removeThrough(sequence) {
            acknowledgedSessions.insert(id)
            links.sessions[id]!.breaks = 0
            links.sessions[id]!.offerFrom = nil
        }
        links.sessions[id]!.delivered = max(links.sessions[id]!.delivered, sequence)
        links.sessions[id]!.written = max(links.sessions[id]!.written, sequence)
    }

    /// Ends the oldest idle session of a link that has as many as it may; `nil` if none is idle.
    private mutating func makeRoom(on link: String) -> [Effect]? {
        let all = links.sessions.values.filter { $0.link == link }
        guard all.count >= settings.sessionsPerLink else { return [] }
        let busy = Set(lookups.values.map(\.session))
        let idle = all.filter { $0.connection == nil && $0.outbox.count == 0 && !busy.contains($0.id) }
        guard let oldest = idle.map(\.id).min() else { return nil }
        links.end(oldest)
        var append = newAppend()
        append.closedSessions = [oldest]
        return [.append(seal(append, then: Pending()))]
    }

    /// Whether a session has mail to fetch, or will have some.
    private func hasSomething(for id: SessionID?) -> Bool {
        guard let id, let session = links.sessions[id] else { return false }
        return session.outbox.count > 0 || hasOpenLookups(id)
    }

    func hasOpenLookups(_ id: SessionID) -> Bool { lookups.values.contains { $0.session == id } }
}
