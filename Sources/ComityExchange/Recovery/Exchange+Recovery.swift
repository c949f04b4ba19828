package import ComityLedger
package import ComityMessages
package import ComityPolicy

/// What the last process left behind, opened and decoded.
package struct Remains: Sendable {
    /// A question without a closing, with what lay beside the ledger.
    package struct OpenQuestion: Sendable {
        package var entry: QuestionEntry
        package var body: QuestionBody
        package var place: EntryPlace
        /// The store's number of the entry.
        package var id: Int64
        /// When its hold ends; `nil` if it is not held.
        package var heldUntil: Timestamp?
        /// What people at its desks have let through.
        package var approvals: [DeskApproval]
        /// Whether it waits no longer: the desks have decided.
        package var isDecided: Bool
        /// The hour of the key that its body was sealed under, since 1970: the key is needed while it is open.
        package var keyHour: UInt64
        /// Whether it has a row in the queue.
        package var isQueued: Bool

        package init(
            entry: QuestionEntry, body: QuestionBody, place: EntryPlace, id: Int64, heldUntil: Timestamp?,
            approvals: [DeskApproval] = [], isDecided: Bool = false, keyHour: UInt64 = 0,
            isQueued: Bool = false
        ) {
            self.entry = entry
            self.body = body
            self.place = place
            self.id = id
            self.heldUntil = heldUntil
            self.approvals = approvals
            self.isDecided = isDecided
            self.keyHour = keyHour
            self.isQueued = isQueued
        }
    }

    package var sessions: [SessionState] = []
    package var lastSession: Int64 = 0
    /// Mail that no link has acknowledged, in the order in which it was numbered.
    package var mail: [Mail] = []
    package var open: [OpenQuestion] = []
    /// What waits without a number, in the order in which it came; look-ups stand among `open` too.
    package var queue: [QueueItem] = []
    /// The highest number given in the queue.
    package var lastQueued: UInt64 = 0
    /// Keys of messages received lately, in order.
    package var duplicates: [(key: [UInt8], at: Timestamp)] = []

    package init() {}
}

extension Exchange {
    /// Goes on where the last process stopped: every question that was accepted and not closed is asked again, or
    /// goes on waiting for its desk. Answers that were closed and not acknowledged are in the mail already.
    ///
    /// - Returns: the effects, and how many look-ups were taken up again.
    package mutating func recover(
        _ remains: Remains, at now: Timestamp, fresh: inout FreshBytes
    ) -> (effects: [Effect], unfinished: Int) {
        links.restore(remains.sessions, last: remains.lastSession)
        for mail in remains.mail {
            links.sessions[mail.session]?.take(mail)
            // The session's row may be older than its last mail.
            if let sent = links.sessions[mail.session]?.sent {
                links.sessions[mail.session]!.sent = max(sent, mail.sequence)
            }
        }
        for id in links.sessions.keys { links.sessions[id]!.resumeSending() }
        for (key, at) in remains.duplicates {
            if let key = DuplicateKey(key) { duplicates.add(key, at: at) }
        }
        var effects: [Effect] = []
        var waiting: [TransactionID: QueueItem] = [:]
        for item in remains.queue {
            if let lookup = item.lookup { waiting[lookup] = item } else { queue.add(item) }
        }
        queue.pass(remains.lastQueued)
        for question in remains.open {
            let item = waiting.removeValue(forKey: question.entry.transaction)
            effects += takeUp(question, waiting: item, at: now, fresh: &fresh)
        }
        queue.mustLook = true
        return (effects, remains.open.count)
    }

    private mutating func takeUp(
        _ open: Remains.OpenQuestion, waiting item: QueueItem?, at now: Timestamp, fresh: inout FreshBytes
    ) -> [Effect] {
        // A session that was taken over meanwhile lives on in the newest one of its link.
        let session = SessionID(Int64(open.body.session))
        guard let home = links.sessions[session] != nil ? session : links.newest(of: open.body.link),
            let owner = MemberCode(open.body.destination),
            let message = try? LegacyCodec.decode(open.body.raw, direction: .input, tables: tables),
            let request = message.request(tables: tables), let answerKey = tables.answerKey(for: message.key)
        else { return closeUnread(open, waiting: item, at: now) }
        let question = Question(
            id: open.entry.message, message: message, request: request, bytes: open.body.raw,
            received: Timestamp(milliseconds: Int64(open.body.receivedAt)), sequence: open.body.sequence,
            answerKey: answerKey)
        let recorded = FactVector(
            codes: open.entry.facts.map(FactCode.init), owner: owner, taxonomy: rulebook.taxonomy)
        // Facts recorded under a taxonomy that is no longer there are found anew, as of the time of the question.
        let facts =
            recorded
            ?? rulebook.resolver.resolve(
                message, request: request, owner: owner,
                path: settings.links[open.body.link]?.path ?? "other", at: question.received)
        let lookup = Lookup(
            id: open.entry.transaction, question: question, owner: owner, facts: facts,
            ruling: rulebook.judgeQuestion(facts), session: home, phase: .recording, place: open.place,
            salt: open.body.salt)
        // Judged again under the versions now in force: a policy may have become stricter meanwhile. It can never
        // become wider than what the entry says.
        lookup.ruling.judgement = lookup.ruling.judgement.limited(
            to: FieldGroupSet(rawValue: open.entry.groups))
        var append = newAppend()
        var pending = Pending()
        defer { lookups[lookup.id] = lookup }
        lookup.approvals = open.approvals
        if let until = open.heldUntil, !open.isDecided, item == nil {
            let holds = lookup.ruling.judgement.holds(in: lookup.ruling.layers)
            let releases = !holds.isEmpty && holds.allSatisfy { $0.otherwise == .release }
            lookup.phase = .held(until: until, fallback: releases ? .release : .refuse)
            held.insert(lookup.id)
            deadlines.add(lookup.id, until: until)
            if let control = goOnWaitingForOwner(lookup, open) { awaited[control] = lookup.id }
            return []
        }
        // Held when it was asked and not held any more: its hold's fallback had let it through.
        lookup.isApproved = open.entry.gate == .held || open.isDecided
        if open.isDecided {
            lookup.ruling.judgement = lookup.ruling.judgement.limited(to: lookup.releasable)
        }
        if let item {
            lookup.ownControl = open.body.control.flatMap { ControlField($0) }
            goOnWaiting(lookup, item)
            return []
        }
        if lookup.ruling.judgement.gate == .refused {
            let reply = Reply.refused(
                lookup, rule: shownRule(lookup), settings: settings, words: words(lookup, isAnswer: false))
            // A refused question is still open if the other answers of a question to all states were waited for.
            let ending: ClosingEntry.Ending =
                open.entry.gate == .refused ? .refusedOnQuestion : .refusedOnAnswer
            close(lookup, with: reply, Closing(ending), at: now, append: &append, pending: &pending)
        } else if !lookup.isApproved, let control = open.body.control.flatMap({ ControlField($0) }) {
            // The owner behind a link may have the question already; its answer may come under this control.
            lookup.ownControl = control
            awaited[control] = lookup.id
            let until = now + settings.answerTime
            lookup.phase = .asking(until: until)
            deadlines.add(lookup.id, until: until)
            return []
        } else {
            ask(again: lookup, at: now, append: &append, pending: &pending, fresh: &fresh)
        }
        return [.append(seal(append, then: pending))]
    }

    /// A look-up that waited for service, or for room on its owner's link, goes on waiting. It is judged again when it goes
    /// on.
    private mutating func goOnWaiting(_ lookup: Lookup, _ item: QueueItem) {
        lookup.queued = item.id
        queue.add(item)
        if item.reason == .service {
            lookup.phase = .waiting(until: item.until)
            outOfService.insert(lookup.id)
        } else {
            lookup.phase = .asking(until: item.until)
            if let control = lookup.ownControl { awaited[control] = lookup.id }
        }
        deadlines.add(lookup.id, until: item.until)
    }

    /// A question that cannot be read any more, or whose link is gone: it ends as unanswered, in the ledger at least.
    private mutating func closeUnread(
        _ open: Remains.OpenQuestion, waiting item: QueueItem?, at now: Timestamp
    ) -> [Effect] {
        let owner = open.place.ledger.owner.flatMap { MemberCode($0) } ?? MemberCode.network
        let ledger = ledgerNames.lane(owner, at: now)
        var append = newAppend()
        append.drafts = [
            .closing(
                ClosingEntry(
                    ledger: ledger, time: UInt64(now.milliseconds), transaction: open.entry.transaction,
                    question: open.place.position,
                    questionLedger: open.place.ledger == ledger ? nil : open.place.ledger, ending: .noAnswer,
                    withheld: open.entry.groups, versions: open.entry.versions, answer: nil), ofDraft: nil)
        ]
        if open.heldUntil != nil { append.releasedHeld = [open.entry.transaction] }
        if let item { append.dequeued = [(item.id, open.entry.transaction)] }
        var pending = Pending()
        pending.ended = [open.entry.transaction]
        return [.append(seal(append, then: pending))]
    }
}

extension Session {
    /// After a restart nothing of the outbox has been written to any connection.
    func resumeSending() {
        delivered = outbox.firstSequence.map { $0 - 1 } ?? sent
        written = delivered
    }
}

extension FactCode {
    /// A fact as a policy reads it, from one as an entry holds it.
    package init(_ fact: EntryFact) {
        self =
            switch fact {
            case .absent: .absent
            case .number(let number): .number(number)
            case .text(let text): .text(text)
            case .texts(let texts): .texts(texts)
            }
    }
}
