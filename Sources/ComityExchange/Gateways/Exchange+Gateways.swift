import ComityLedger
import ComityMessages
import ComityPolicy

/// Owners that judge for themselves: behind a link stands another Comity switch.
///
/// Seen from the network's hub that is a member's own gateway; seen from a gateway, the hub with everybody behind it. Here
/// the network's floor alone judges. What that lets through is passed on, and what comes back goes to the asker as it
/// is. It is not kept: the ledger says *passed on*, and ties the text that was delivered by a commitment.
extension Exchange {
    func judgesForItself(_ owner: MemberCode) -> Bool { settings.gateways.contains(owner) }

    /// Whether another switch stands behind a link. Two switches never answer each other's errors, or they would do
    /// nothing else.
    func isSwitch(_ permit: LinkPermit) -> Bool { !permit.answersFor.isDisjoint(with: settings.gateways) }

    /// Whether a message is no answer but what another switch itself has to say: an error, or in a status message that the
    /// owner is out of service there. Other status messages are for somebody to read.
    func isWordOfSwitch(_ message: Message, _ permit: LinkPermit) -> Bool {
        guard isSwitch(permit) else { return false }
        return message.key == .er || (message.key == .sm && message.control.flatMap { awaited[$0] } != nil)
    }

    /// Whether an error of another switch is about a message that this one passed on, and its sender can be told.
    func isErrorForAgency(_ message: Message, _ permit: LinkPermit) -> Bool {
        guard message.key == .er, isSwitch(permit), message.destinations.count == 1,
            case .agency(let ori) = message.destinations[0], settings.broadcasts[ori] == nil,
            let link = relayRoutes.link(to: message.destinations[0], of: member(message.destinations[0]))
        else { return false }
        return link != permit.name
    }

    /// The session through which an owner's system is reached now; `nil` if it is not.
    ///
    /// A question that waited for a switch which judges for itself would be judged and counted there after the asker has been
    /// told that nobody answered. So it goes only to one that is connected.
    func reached(by link: String, for owner: MemberCode) -> SessionID? {
        guard let session = links.newest(of: link) else { return nil }
        return judgesForItself(owner) && links.sessions[session]?.connection == nil ? nil : session
    }

    /// Whether an owner can be asked by a message that came on a link. What comes from a switch is never sent back to
    /// it: that switch thinks that the owner is here.
    func serves(_ owner: MemberCode, askedOn link: String) -> Bool {
        switch settings.owners[owner] {
        case nil: false
        case .records: true
        case .link(let name): name != link || !judgesForItself(owner)
        }
    }

    /// Whether a look-up waits for what its owner's system says.
    func awaitsOwner(_ lookup: Lookup) -> Bool {
        switch lookup.phase {
        case .asking: true
        case .held: lookup.isHeldByOwner
        case .recording, .waiting, .ended, .closing: false
        }
    }

    /// A switch that judges for itself has answered.
    mutating func passOn(
        _ message: Message, to lookup: Lookup, _ arrival: Arrival, permit: LinkPermit, append: inout Append,
        pending: inout Pending, fresh: inout FreshBytes
    ) {
        if message.key == .er || message.key == .sm {
            append.drafts.append(
                noted("not-taken", message: message, arrival: arrival, link: permit.name, fresh: &fresh))
            return end(lookup, unanswered: .notTaken, at: arrival.at, append: &append, pending: &pending)
        }
        let judgement = lookup.ruling.judgement
        let answer = PassedOnAnswer(
            message, owner: lookup.owner, asked: judgement.asked, floor: judgement.groups,
            groupOf: { rulebook.taxonomy.group(ofElement: $0) })
        let reply = Reply.passedOn(lookup, answer)
        guard
            let bytes = encoded(
                reply.message, to: lookup.session, at: arrival.at, received: lookup.question.received)
        else {
            return end(lookup, unanswered: .notWritable, at: arrival.at, append: &append, pending: &pending)
        }
        if answer.status == .heldForReview {
            return holdsItself(
                lookup, reply, bytes, until: answer.heldUntil, at: arrival.at, append: &append,
                pending: &pending)
        }
        let closing = Closing(.passedOn, withheld: answer.withheld)
        close(
            lookup, with: reply, written: bytes, released(lookup, closing, append: &append), at: arrival.at,
            append: &append, pending: &pending)
    }

    /// The owner's own desk decides; its answer comes later, under the same control value.
    private mutating func holdsItself(
        _ lookup: Lookup, _ reply: Reply, _ bytes: [UInt8], until: Timestamp?, at now: Timestamp,
        append: inout Append, pending: inout Pending
    ) {
        let said = until ?? now + Self.heldUnsaid
        let until = min(max(said, now), now + Self.heldMost) + Self.heldGrace
        lookup.phase = .held(until: until, fallback: .refuse)
        lookup.isHeldByOwner = true
        held.insert(lookup.id)
        deadlines.add(lookup.id, until: until)
        append.held.append(heldState(lookup))
        if let all = lookup.allStates, !all.isDelivered {
            return gather(held: lookup, reply, into: all, at: now, append: &append, pending: &pending)
        }
        addMail(bytes, to: lookup.session, in: &append, pending: &pending)
    }

    /// An owner's own desk did not say in time how it ended.
    mutating func ownHoldPassed(
        _ lookup: Lookup, at now: Timestamp, append: inout Append, pending: inout Pending
    ) {
        held.remove(lookup.id)
        end(lookup, unanswered: .heldInVain, at: now, append: &append, pending: &pending)
    }

    private mutating func end(
        _ lookup: Lookup, unanswered why: Reply.Silence, at now: Timestamp, append: inout Append,
        pending: inout Pending
    ) {
        let reply = Reply.noAnswer(lookup, why: why, settings: settings)
        close(
            lookup, with: reply, released(lookup, Closing(.noAnswer), append: &append), at: now,
            append: &append, pending: &pending)
    }

    /// A closing; the row of what the owner's desk held goes with it.
    private func released(_ lookup: Lookup, _ closing: Closing, append: inout Append) -> Closing {
        if lookup.isHeldByOwner { append.releasedHeld.append(lookup.id) }
        return closing
    }

    /// After a restart: a look-up that was open for this switch and waits all the same waits for its owner's own desk.
    func goOnWaitingForOwner(_ lookup: Lookup, _ open: Remains.OpenQuestion) -> ControlField? {
        guard open.entry.gate == .open, judgesForItself(lookup.owner) else { return nil }
        lookup.isHeldByOwner = true
        lookup.ownControl = open.body.control.flatMap { ControlField($0) }
        return lookup.ownControl
    }

    /// A message from another switch that cannot be read. It is recorded and not answered: the answer would be an error, and so
    /// would be the answer to that.
    mutating func unreadableFromSwitch(
        _ arrival: Arrival, _ error: MessageError, link: String, fresh: inout FreshBytes
    ) -> [Effect] {
        var append = newAppend()
        append.sessions = [links.state(arrival.session)]
        append.drafts = [
            noted(
                error.code, number: error.number, offset: error.offset, message: nil, arrival: arrival,
                link: link, fresh: &fresh)
        ]
        return [.append(seal(append, then: Pending(received: (arrival.session, arrival.sequence))))]
    }

    /// How long a desk of an owner's own is waited for if its notice does not say until when.
    private static let heldUnsaid = Duration.seconds(86_400)
    /// The longest time of a hold that is believed: a year.
    private static let heldMost = Duration.seconds(366 * 86_400)
    /// After its time the desk's own fallback takes effect, and that answer needs a moment.
    private static let heldGrace = Duration.seconds(600)
}
