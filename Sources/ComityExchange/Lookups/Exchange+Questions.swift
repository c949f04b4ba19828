import ComityDirectory
package import ComityLedger
package import ComityMessages
package import ComityPolicy

/// A message arrives.
extension Exchange {
    /// A link sent a numbered message.
    ///
    /// - Parameters:
    ///   - bytes: the message as it came.
    ///   - content: what the codec made of it.
    package mutating func messageReceived(
        on connection: ConnectionID, sequence: UInt64, bytes: [UInt8], content: Result<Message, MessageError>,
        at now: Timestamp, fresh: inout FreshBytes
    ) -> [Effect] {
        guard let id = links.session(of: connection), let session = links.sessions[id] else { return [] }
        switch session.verdict(on: sequence) {
        case .repeated:
            // Accepted before the connection broke. If it is durable, the link may forget it.
            let through = min(sequence, session.received)
            return through == 0 ? [] : [.link(.acknowledge(connection, through: through))]
        case .gap(let expected):
            let notice = Notice(
                code: "sequence-gap", why: "message \(sequence) came where \(expected) was expected",
                next: "sign on again, and send again from \(expected)", closes: true)
            return [.link(.notice(connection, notice))]
        case .next: break
        }
        guard let permit = settings.links[session.link], !permit.isDrained || isAnswer(content) else {
            return [.link(.notice(connection, Self.drained(sequence)))]
        }
        guard session.outbox.count < settings.mailWaiting else {
            let notice = Notice(
                code: "answers-not-taken",
                why: "\(session.outbox.count) answers wait for this link to acknowledge them",
                next: "acknowledge what was received, sign on again, and send again from \(sequence)",
                closes: true)
            return [.link(.notice(connection, notice))]
        }
        links.sessions[id]!.accepted = sequence
        let arrival = Arrival(session: id, sequence: sequence, bytes: bytes, at: now)
        switch content {
        case .failure(let error):
            if let permit = settings.links[session.link], isSwitch(permit) {
                return unreadableFromSwitch(arrival, error, link: permit.name, fresh: &fresh)
            }
            return refuse(arrival, Refusal(error), message: nil, fresh: &fresh)
        case .success(let message): return accept(message, arrival, fresh: &fresh)
        }
    }

    /// Answers of an owner's system are taken from a drained link too: look-ups wait for them.
    private func isAnswer(_ content: Result<Message, MessageError>) -> Bool {
        if case .success(let message) = content { isAnswer(message) } else { false }
    }

    /// A message in order on its link.
    struct Arrival {
        let session: SessionID
        let sequence: UInt64
        let bytes: [UInt8]
        let at: Timestamp
    }

    private mutating func accept(
        _ message: Message, _ arrival: Arrival, fresh: inout FreshBytes
    ) -> [Effect] {
        let permit = settings.links[links.sessions[arrival.session]!.link]!
        if !permit.answersFor.isEmpty, isAnswer(message) || isWordOfSwitch(message, permit) {
            return ownerAnswered(message, arrival, permit: permit, fresh: &fresh)
        }
        let agency = rulebook.directory.agency(message.origin)
        guard permit.speaksFor.allow(message.origin, of: agency?.member) else {
            return refuse(arrival, .agencyNotOnLink, message: message, fresh: &fresh)
        }
        if message.key == .er { return refuse(arrival, .errorFromLink, message: message, fresh: &fresh) }
        do { try MessageRules.check(message, tables: tables) } catch {
            // Read once more with places, so that the sender is told where; only refused messages pay for it.
            var placed = error
            do { _ = try LegacyCodec.decodeChecked(arrival.bytes, direction: .input, tables: tables) } catch {
                placed = error
            }
            return refuse(arrival, Refusal(placed), message: message, fresh: &fresh)
        }
        guard let request = message.request(tables: tables),
            let answerKey = tables.answerKey(for: message.key)
        else {
            if message.key == .sm,
                let effects = serviceStated(message, arrival, permit: permit, fresh: &fresh)
            {
                return effects
            }
            if let effects = inquiry(message, arrival, permit: permit, fresh: &fresh) { return effects }
            if isRelayed(message.key) { return relay(message, arrival, permit: permit, fresh: &fresh) }
            return refuse(arrival, .noLookup, message: message, fresh: &fresh)
        }
        var owners: [MemberCode] = []
        var gathering: AllStates?
        let isArchive = request.kind == .archiveSearch
        if isArchive, let refusal = archiveRefusal(message) {
            return refuse(arrival, refusal, message: message, fresh: &fresh)
        }
        func isAsked(_ owner: MemberCode) -> Bool {
            isArchive ? keepsArchive(of: owner) : serves(owner, askedOn: permit.name)
        }
        if isArchive, let owner = archiveOwner(message) {
            guard isAsked(owner) else {
                let refusal = judgesForItself(owner) ? Refusal.archiveElsewhere : .notServed(owner)
                return refuse(arrival, refusal, message: message, fresh: &fresh)
            }
            owners = [owner]
        } else if message.isToMany(tables) {
            let reach = tables.reach(of: message.destinations)
            owners = reach.filter(isAsked).sorted()
            guard !owners.isEmpty else {
                return refuse(
                    arrival, .notServed(reach.first ?? message.destinations[0].member), message: message,
                    fresh: &fresh)
            }
            gathering = AllStates(
                owners, notAsked: reach.filter { !isAsked($0) },
                until: arrival.at + settings.allStatesTime)
        }
        for destination in message.destinations where gathering == nil && !isArchive {
            let owner = tables.canonical(destination.member)
            guard serves(owner, askedOn: permit.name) else {
                return refuse(arrival, .notServed(owner), message: message, fresh: &fresh)
            }
            if !owners.contains(owner) { owners.append(owner) }
        }
        let duplicate = message.control == nil ? nil : duplicates.key(of: arrival.bytes)
        if let duplicate, duplicates.holds(duplicate, at: arrival.at) {
            return refuse(arrival, .duplicate, message: message, fresh: &fresh)
        }
        if let duplicate { duplicates.add(duplicate, at: arrival.at) }
        let question = Question(
            id: fresh.message(), message: message, request: request, bytes: arrival.bytes,
            received: arrival.at,
            sequence: arrival.sequence, answerKey: answerKey)
        var append = newAppend()
        var pending = Pending(received: (arrival.session, arrival.sequence))
        append.sessions = [links.state(arrival.session)]
        if message.key == .nlq {
            let notice = said(
                [Self.receivedAndQueued], key: answerKey, from: SystemMessages.origin, to: message)
            addMail(
                encodedWords(notice, to: arrival.session, at: arrival.at, received: arrival.at),
                to: arrival.session, in: &append, pending: &pending)
        }
        for (index, owner) in owners.enumerated() {
            ask(
                owner, question, path: permit.path, session: arrival.session, gathering: gathering,
                duplicateKey: index == 0 ? duplicate?.bytes : nil, append: &append, pending: &pending,
                fresh: &fresh)
        }
        return [.append(seal(append, then: pending))]
    }

    /// One look-up: judged, and on its way into the owner's ledger.
    private mutating func ask(
        _ owner: MemberCode, _ question: Question, path: String, session: SessionID, gathering: AllStates?,
        duplicateKey: [UInt8]?, append: inout Append, pending: inout Pending, fresh: inout FreshBytes
    ) {
        let resolved = rulebook.resolver.resolve(
            question.message, request: question.request, owner: owner, path: path, at: question.received,
            requester: requester(question.message.origin, on: question.received.day))
        let facts = counted(resolved, question.message)
        let ruling = rulebook.judgeQuestion(facts)
        let lookup = Lookup(
            id: fresh.transaction(), question: question, owner: owner, facts: facts, ruling: ruling,
            session: session, phase: .recording, place: nil, salt: fresh.salt(), allStates: gathering)
        if let gathering {
            gathering.set(.waiting(lookup), for: owner)
            deadlines.add(lookup.id, until: gathering.until)
        }
        let draft = append.drafts.count
        let routing = route(owner, lookup: lookup, fresh: &fresh)
        lookup.ownControl = routing.control
        append.drafts.append(draftQuestion(lookup, duplicateKey: duplicateKey))
        pending.questions.append((lookup.id, draft))
        switch ruling.judgement.gate {
        case .refused:
            let reply = Reply.refused(
                lookup, rule: shownRule(lookup), settings: settings, words: words(lookup, isAnswer: false))
            close(
                lookup, with: reply, Closing(.refusedOnQuestion), of: draft, at: question.received,
                append: &append, pending: &pending)
        case .held:
            hold(lookup, append: &append, pending: &pending)
        case .open:
            if let obstacle = obstacle(to: lookup) {
                stop(
                    lookup, by: obstacle, of: draft, at: question.received, append: &append, pending: &pending
                )
            } else {
                put(
                    lookup, routing, of: draft, at: question.received, append: &append, pending: &pending)
            }
        }
        lookups[lookup.id] = lookup
    }

    /// Puts a look-up's question to its owner, or into the queue of its link.
    ///
    /// - Parameters:
    ///   - draft: the place of its question, if that stands in the same append.
    ///   - session: where there is room for it, if it comes out of that queue.
    mutating func put(
        _ lookup: Lookup, _ routing: Routing, of draft: Int? = nil, session: SessionID? = nil,
        at now: Timestamp, append: inout Append, pending: inout Pending
    ) {
        guard case .link(let link, let control) = routing else {
            lookup.phase = draft == nil ? .asking(until: now + patience(lookup)) : .recording
            pending.asks.append(askSource(lookup))
            return
        }
        guard settings.links[link]?.isDrained == false, reached(by: link, for: lookup.owner) != nil,
            session != nil || queue.count(for: link) < settings.queueMost
        else {
            let reply = Reply.noAnswer(lookup, why: .linkDown, settings: settings)
            return close(
                lookup, with: reply, Closing(.noAnswer), of: draft, at: now, append: &append,
                pending: &pending)
        }
        awaited[control] = lookup.id
        var until = now + patience(lookup)
        // The time that it waited for room was the owner's own.
        if session != nil, case .asking(let end) = lookup.phase { until = end }
        lookup.phase = .asking(until: until)
        deadlines.add(lookup.id, until: until)
        if let session = session ?? straight(to: link) {
            addMail(
                forwarded(lookup, control: control, to: session), to: session, in: &append, pending: &pending)
        } else {
            enqueue(lookup, link: link, reason: .room, since: now, until: until, pending: &pending)
        }
    }

    /// Where a look-up's question goes.
    enum Routing {
        case records
        case link(String, ControlField)

        var control: ControlField? {
            if case .link(_, let control) = self { control } else { nil }
        }
    }

    func route(_ owner: MemberCode, lookup: Lookup, fresh: inout FreshBytes) -> Routing {
        // The ledger that is searched is the one of this switch, wherever the owner's records are.
        guard lookup.question.request.kind != .archiveSearch else { return .records }
        return switch settings.owners[owner] {
        case .link(let name): .link(name, ownControl(&fresh))
        case .records, nil: .records
        }
    }

    /// Ten characters that no other waiting look-up has.
    private func ownControl(_ fresh: inout FreshBytes) -> ControlField {
        let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789".utf8)
        while true {
            let control = ControlField(fresh.take(ControlField.maximumLength).map { letters[Int($0) % 32] })!
            if awaited[control] == nil { return control }
        }
    }

    func askSource(_ lookup: Lookup) -> Ask {
        Ask(
            lookup: lookup.id, owner: lookup.owner, request: lookup.question.request,
            message: lookup.question.message, archive: archiveSearch(lookup))
    }

    private mutating func draftQuestion(_ lookup: Lookup, duplicateKey: [UInt8]?) -> Draft {
        let question = lookup.question
        let judgement = lookup.ruling.judgement
        let body = QuestionBody(
            salt: lookup.salt, raw: question.bytes, link: links.sessions[lookup.session]!.link,
            session: UInt64(lookup.session.number), sequence: question.sequence,
            control: lookup.ownControl?.description, destination: lookup.owner.description,
            receivedAt: UInt64(question.received.milliseconds))
        let names = names(lookup.ruling)
        let entry = QuestionEntry(
            ledger: ledgerNames.lane(lookup.owner, at: question.received),
            time: UInt64(question.received.milliseconds), transaction: lookup.id, message: question.id,
            agency: question.message.origin.description, key: question.message.key.description,
            facts: lookup.facts.codes.map(EntryFact.init), versions: lookup.ruling.versions,
            noDecisionOnFile: lookup.ruling.usesDefault, gate: QuestionEntry.Gate(judgement.gate),
            groups: judgement.groups.rawValue,
            withheld: judgement.asked.subtracting(judgement.groups).rawValue,
            deciding: names.deciding, matched: names.matched, duties: names.duties,
            body: body.commitment())
        return .question(
            entry, body, requester: lookup.facts.requester.state, duplicateKey: duplicateKey)
    }

    /// Rule ids as they stand in an entry. An entry has 1,024 bytes; judging again gives the full list.
    package static func listed(_ ids: [String]) -> [String] {
        var left = 150
        return Array(
            ids.prefix(12).prefix { id in
                left -= id.utf8.count + 2
                return left >= 0
            })
    }
}

extension QuestionEntry.Gate {
    package init(_ gate: Gate) {
        self =
            switch gate {
            case .open: .open
            case .held: .held
            case .refused: .refused
            }
    }
}

extension EntryFact {
    init(_ code: FactCode) {
        self =
            switch code {
            case .absent: .absent
            case .number(let number): .number(number)
            case .text(let text): .text(text)
            case .texts(let texts): .texts(texts)
            }
    }
}

extension FactVector {
    /// The facts of the record alone, in the order of the taxonomy.
    func recordFacts(taxonomy: Taxonomy) -> [EntryFact] {
        zip(taxonomy.facts, values).filter { $0.0.source == .record }.map { .number(UInt64($0.1.rawValue)) }
    }
}
