import ComityLedger
package import ComityMessages
import ComityPolicy

/// What desks do with held look-ups.
extension Exchange {
    /// The look-ups that wait for a person, the most urgent first.
    package func heldLookupsNow(of owner: MemberCode? = nil) -> [HeldLookup] {
        held.compactMap { lookups[$0].flatMap(card) }
            .filter { owner == nil || $0.owner == owner }
            .sorted { ($0.until, $0.reference.bits) < ($1.until, $1.reference.bits) }
    }

    /// A desk decides. What it says is recorded before anything happens: with a refusal in the same append as the
    /// closing, with an approval in the same append that asks the owner's records.
    ///
    /// A desk can release at most what the policy lets through; the judgement is met again with that of the versions now
    /// in force.
    ///
    /// - Throws: `DeskFault`; then nothing was changed.
    package mutating func deskDecided(
        _ decision: DeskDecision, at now: Timestamp, fresh: inout FreshBytes
    ) throws(DeskFault) -> (outcome: DeskOutcome, append: Append) {
        guard let lookup = heldLookup(decision.reference) else { throw .notHeld }
        guard let place = lookup.place else { throw .tooEarly }
        guard !decision.reviewer.isEmpty else { throw .noReviewer }
        guard decision.reviewer.utf8.count <= DeskDecision.longestReviewer else {
            throw .tooLong("the reviewer's name", limit: DeskDecision.longestReviewer)
        }
        guard decision.note.utf8.count <= DeskDecision.longestNote else {
            throw .tooLong("the note", limit: DeskDecision.longestNote)
        }
        let desk = try desk(of: lookup, decision)
        let groups = try groups(of: lookup, decision)
        let person = DeskApproval.Person(decision.reviewer, at: lookup.id, key: people)
        let isApproval = decision.decision == .approve
        // Whoever approved may still refuse.
        if isApproval, lookup.approvals.contains(where: { $0.desk == desk && $0.person == person }) {
            throw .samePerson(desk: desk)
        }
        let approvals = lookup.approvals + [DeskApproval(desk: desk, groups: groups, person: person)]
        let left = standings(lookup, approvals).filter { $0.missing > 0 }
        let body = ReviewBody(salt: fresh.salt(), reviewer: decision.reviewer, note: decision.note)
        let ledger = ledgerNames.lane(lookup.owner, at: now)
        let entry = ReviewEntry(
            ledger: ledger, time: UInt64(now.milliseconds), transaction: lookup.id, question: place.position,
            questionLedger: place.ledger == ledger ? nil : place.ledger, desk: desk,
            decision: decision.decision, reason: decision.reason, groups: isApproval ? groups.rawValue : 0,
            missing: isApproval ? UInt64(left.reduce(0) { $0 + $1.missing }) : 0, body: body.commitment())
        var append = newAppend()
        var pending = Pending()
        append.drafts.append(.review(entry, body))
        let outcome: DeskOutcome
        if !isApproval {
            held.remove(lookup.id)
            append.releasedHeld.append(lookup.id)
            let reply = Reply.refusedByDesk(lookup, desk: desk, reason: decision.reason, settings: settings)
            close(lookup, with: reply, Closing(.refusedByDesk), at: now, append: &append, pending: &pending)
            outcome = .refused
        } else {
            lookup.approvals = approvals
            if left.isEmpty {
                outcome = approved(lookup, at: now, append: &append, pending: &pending, fresh: &fresh)
            } else {
                append.held.append(heldState(lookup))
                outcome = .waitsFor(left)
            }
        }
        return (outcome, seal(append, then: pending))
    }

    /// Every desk has approved.
    private mutating func approved(
        _ lookup: Lookup, at now: Timestamp, append: inout Append, pending: inout Pending,
        fresh: inout FreshBytes
    ) -> DeskOutcome {
        held.remove(lookup.id)
        lookup.isApproved = true
        lookup.ruling = lookup.ruling.answered(by: rulebook.judgeQuestion(lookup.facts))
        lookup.ruling.judgement = lookup.ruling.judgement.limited(to: lookup.releasable)
        guard lookup.ruling.judgement.gate != .refused else {
            let reply = Reply.refused(
                lookup, rule: shownRule(lookup), settings: settings, words: words(lookup, isAnswer: false))
            close(lookup, with: reply, Closing(.refusedOnAnswer), at: now, append: &append, pending: &pending)
            return .refusedByPolicy
        }
        append.held.append(heldState(lookup))
        ask(again: lookup, at: now, append: &append, pending: &pending, fresh: &fresh)
        return .approved
    }

    // MARK: Who and what

    private func heldLookup(_ reference: Reference) -> Lookup? {
        held.first { Reference($0) == reference }.flatMap { lookups[$0] }.flatMap {
            $0.isHeldByOwner ? nil : $0
        }
    }

    /// The desks that must approve a look-up, as its rules name them, with what they have said.
    private func standings(_ lookup: Lookup, _ approvals: [DeskApproval]) -> [DeskStanding] {
        let holds = lookup.ruling.judgement.holds(in: lookup.ruling.layers)
        return holds.map(\.desk).reduce(into: []) { desks, desk in
            if !desks.contains(desk) { desks.append(desk) }
        }.map { desk in
            DeskStanding(
                desk: desk, people: holds.filter { $0.desk == desk }.map(\.people).max() ?? 1,
                approvals: approvals.count { $0.desk == desk })
        }
    }

    private func desk(of lookup: Lookup, _ decision: DeskDecision) throws(DeskFault) -> String {
        let all = standings(lookup, lookup.approvals)
        let left = all.filter { $0.missing > 0 }.map(\.desk)
        guard let desk = decision.desk else {
            guard let only = left.first, left.count == 1 else { throw .severalDesks(left) }
            return only
        }
        guard all.contains(where: { $0.desk == desk }) else { throw .otherDesk(asked: all.map(\.desk)) }
        guard left.contains(desk) else { throw .decidedAlready(waitsFor: left) }
        return desk
    }

    private func groups(of lookup: Lookup, _ decision: DeskDecision) throws(DeskFault) -> FieldGroupSet {
        let most = lookup.ruling.judgement.groups
        guard decision.decision == .approve, let wanted = decision.groups else { return most }
        guard wanted.isSubset(of: most) else { throw .notReleasable(wanted.subtracting(most), most: most) }
        guard !wanted.intersection(lookup.releasable).isEmpty else { throw .nothingToRelease }
        return wanted
    }

    private func card(_ lookup: Lookup) -> HeldLookup? {
        guard case .held(let until, let fallback) = lookup.phase, !lookup.isHeldByOwner else { return nil }
        return HeldLookup(
            reference: Reference(lookup.id), owner: lookup.owner, agency: lookup.question.message.origin,
            key: lookup.question.message.key, received: lookup.question.received, until: until,
            fallback: fallback.rawValue, desks: standings(lookup, lookup.approvals),
            asked: lookup.ruling.judgement.asked,
            releasable: lookup.ruling.judgement.groups.intersection(lookup.releasable),
            rules: lookup.ruling.decidedBy)
    }
}

extension Lookup {
    /// What everybody who has approved so far lets through.
    var releasable: FieldGroupSet { approvals.reduce(.all) { $0.intersection($1.groups) } }
}
