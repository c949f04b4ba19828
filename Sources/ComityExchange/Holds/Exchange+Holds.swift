import ComityLedger
import ComityMessages
import ComityPolicy

/// Look-ups that wait for a person.
///
/// A held look-up waits until its desks have decided (`Exchange+Desk.swift`), or the time that its rule states is over: then
/// the rule's own fallback takes effect. The asker is told at once, with the desk, the time and the fallback.
extension Exchange {
    /// The facts of the question hold it: the record source is not asked.
    mutating func hold(_ lookup: Lookup, append: inout Append, pending: inout Pending) {
        hold(lookup, since: lookup.question.received, append: &append, pending: &pending)
    }

    /// The facts of the record hold it: the answer is thrown away, and asked for again after approval.
    mutating func holdOnAnswer(
        _ lookup: Lookup, recordFacts: [EntryFact], at now: Timestamp, append: inout Append,
        pending: inout Pending
    ) {
        if let control = lookup.ownControl { awaited[control] = nil }
        hold(lookup, since: now, append: &append, pending: &pending)
    }

    mutating func hold(
        _ lookup: Lookup, since start: Timestamp, append: inout Append, pending: inout Pending
    ) {
        let holds = lookup.ruling.judgement.holds(in: lookup.ruling.layers)
        // Two desks must both approve: the shortest time and the strictest fallback count.
        let seconds = holds.map(\.seconds).min() ?? 0
        let fallback: Hold.Fallback =
            holds.allSatisfy { $0.otherwise == .release } && !holds.isEmpty ? .release : .refuse
        let until = start + .seconds(seconds)
        lookup.phase = .held(until: until, fallback: fallback)
        held.insert(lookup.id)
        deadlines.add(lookup.id, until: until)
        append.held.append(heldState(lookup))
        let reply = Reply.held(
            lookup, rule: shownRule(lookup), until: until, settings: settings,
            words: words(lookup, isAnswer: false))
        if let all = lookup.allStates, !all.isDelivered {
            return gather(held: lookup, reply, into: all, at: start, append: &append, pending: &pending)
        }
        let bytes = encodedWords(
            reply.message, to: lookup.session, at: start, received: lookup.question.received)
        addMail(bytes, to: lookup.session, in: &append, pending: &pending)
    }

    /// A held look-up as it is kept on the disk.
    func heldState(_ lookup: Lookup) -> HeldState {
        var until = lookup.question.received
        if case .held(let time, _) = lookup.phase { until = time }
        return HeldState(
            lookup: lookup.id, until: until, approvals: lookup.approvals, isDecided: lookup.isApproved)
    }

    /// Nobody decided in time.
    mutating func holdPassed(
        _ lookup: Lookup, fallback: Hold.Fallback, at now: Timestamp, append: inout Append,
        pending: inout Pending, fresh: inout FreshBytes
    ) {
        if lookup.isHeldByOwner {
            return ownHoldPassed(lookup, at: now, append: &append, pending: &pending)
        }
        held.remove(lookup.id)
        guard fallback == .release else {
            append.releasedHeld.append(lookup.id)
            let reply = Reply.holdExpired(
                lookup, rule: shownRule(lookup), settings: settings, words: words(lookup, isAnswer: false))
            close(lookup, with: reply, Closing(.holdExpired), at: now, append: &append, pending: &pending)
            return
        }
        lookup.isApproved = true
        if lookup.approvals.isEmpty {
            append.releasedHeld.append(lookup.id)
        } else {
            // A desk that did decide has its say all the same.
            append.held.append(heldState(lookup))
            lookup.ruling.judgement = lookup.ruling.judgement.limited(to: lookup.releasable)
        }
        ask(again: lookup, at: now, append: &append, pending: &pending, fresh: &fresh)
    }

    /// Sends a look-up's question to its owner once more: after a hold, after it waited, or after a restart.
    mutating func ask(
        again lookup: Lookup, at now: Timestamp, append: inout Append, pending: inout Pending,
        session: SessionID? = nil, fresh: inout FreshBytes
    ) {
        if let obstacle = obstacle(to: lookup) {
            return stop(lookup, by: obstacle, at: now, append: &append, pending: &pending)
        }
        var routing = route(lookup.owner, lookup: lookup, fresh: &fresh)
        // One that only waited goes out under the control value that stands beside its entry.
        if session != nil, let known = lookup.ownControl, case .link(let link, _) = routing {
            routing = .link(link, known)
        }
        lookup.ownControl = routing.control
        put(lookup, routing, session: session, at: now, append: &append, pending: &pending)
    }
}
