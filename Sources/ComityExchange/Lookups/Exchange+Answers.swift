package import ComityLedger
package import ComityMessages
import ComityPolicy

/// An owner's answer arrives, or does not.
extension Exchange {
    /// An owner's record source answered. An answer that no look-up waits for any more is recorded, and never
    /// delivered.
    package mutating func answerArrived(
        _ answer: RecordAnswer, for id: TransactionID, at now: Timestamp, fresh: inout FreshBytes
    ) -> [Effect] {
        guard let lookup = lookups[id], case .asking = lookup.phase else {
            return unmatched(answerTo: id, at: now)
        }
        var append = newAppend()
        var pending = Pending()
        self.answer(lookup, with: answer, at: now, append: &append, pending: &pending)
        return [.append(seal(append, then: pending))]
    }

    /// What an owner said about a look-up that waits for it, whoever carried the answer.
    mutating func answer(
        _ lookup: Lookup, with answer: RecordAnswer, at now: Timestamp, append: inout Append,
        pending: inout Pending
    ) {
        switch answer {
        case .records(let records): judge(records, lookup, at: now, append: &append, pending: &pending)
        case .firstRecords(let records):
            judge(records, areFirst: true, lookup, at: now, append: &append, pending: &pending)
        case .entries(let entries, let isCut) where lookup.question.request.kind == .archiveSearch:
            archived(entries, isCut: isCut, lookup, at: now, append: &append, pending: &pending)
        // Entries are not cut by field groups, so no record source may answer a question for records with them.
        case .entries, .fileNotAvailable:
            let reply = Reply.negative(lookup, .fileNotAvailable, settings: settings)
            close(lookup, with: reply, Closing(.noAnswer), at: now, append: &append, pending: &pending)
        case .temporarilyUnavailable:
            let reply = Reply.negative(lookup, .temporarilyUnavailable, settings: settings)
            close(lookup, with: reply, Closing(.noAnswer), at: now, append: &append, pending: &pending)
        }
    }

    /// Judges an answer on the facts of its records, under the versions now in force; the stricter of both
    /// judgements counts.
    private mutating func judge(
        _ records: [VehicleRecord], areFirst: Bool = false, _ lookup: Lookup, at now: Timestamp,
        append: inout Append, pending: inout Pending
    ) {
        var recordFacts: [EntryFact] = []
        // Nothing on file: the facts of the question are all there is, and whoever was let through on them
        // learns that there is no record.
        if !records.isEmpty {
            for record in records {
                let facts = lookup.facts.adding(record: record.facts, taxonomy: rulebook.taxonomy)
                lookup.ruling = lookup.ruling.answered(by: rulebook.judgeAnswer(facts))
                recordFacts += facts.recordFacts(taxonomy: rulebook.taxonomy)
            }
        }
        let judgement = lookup.ruling.judgement
        if judgement.gate == .held, !lookup.isApproved {
            holdOnAnswer(lookup, recordFacts: recordFacts, at: now, append: &append, pending: &pending)
            return
        }
        // Somebody approved what was held: then all that the judgement lets through may go out.
        let cut = Cut(
            records, asked: judgement.asked, letting: judgement.gate == .refused ? [] : judgement.groups)
        if judgement.gate != .refused, !cut.mustRefuse {
            let told = cut.withheld.isEmpty ? [] : words(lookup, isAnswer: true)
            let reply = Reply.released(lookup, cut, areFirst: areFirst, settings: settings, words: told)
            guard
                let bytes = encoded(
                    reply.message, to: lookup.session, at: now, received: lookup.question.received)
            else {
                let reply = Reply.noAnswer(lookup, why: .notWritable, settings: settings)
                let closing = Closing(.noAnswer, recordFacts: recordFacts)
                return close(lookup, with: reply, closing, at: now, append: &append, pending: &pending)
            }
            let closing = Closing(
                .release, records: cut.records.count, given: cut.given, withheld: cut.withheld,
                recordFacts: recordFacts)
            close(
                lookup, with: reply, written: bytes, closing, at: now, append: &append, pending: &pending)
        } else {
            // Nothing may go out, because what is there cannot be cut: then that is the judgement.
            let isNeutral = lookup.ruling.isNeutral(rulebook.taxonomy)
            lookup.ruling.judgement = judgement.limited(to: [])
            let reply =
                isNeutral
                // The very answer of a look-up that found nothing: anything else would say that there is a record.
                ? Reply.released(lookup, Cut.nothing, settings: settings, words: [])
                : Reply.refused(
                    lookup, rule: shownRule(lookup), settings: settings, words: words(lookup, isAnswer: true))
            let closing = Closing(.refusedOnAnswer, recordFacts: recordFacts)
            close(lookup, with: reply, closing, at: now, append: &append, pending: &pending)
        }
    }

    /// How a look-up ends.
    struct Closing {
        let ending: ClosingEntry.Ending
        let records: Int
        let given: FieldGroupSet
        /// What was asked for and not given; `nil` for all of it.
        let withheld: FieldGroupSet?
        let recordFacts: [EntryFact]

        init(
            _ ending: ClosingEntry.Ending, records: Int = 0, given: FieldGroupSet = [],
            withheld: FieldGroupSet? = nil, recordFacts: [EntryFact] = []
        ) {
            self.ending = ending
            self.records = records
            self.given = given
            self.withheld = withheld
            self.recordFacts = recordFacts
        }
    }

    /// The last entry of a look-up, and its answer, which is delivered once the entry is durable.
    mutating func close(
        _ lookup: Lookup, with reply: Reply, written: [UInt8]? = nil, _ closing: Closing,
        of draft: Int? = nil, at now: Timestamp, append: inout Append, pending: inout Pending
    ) {
        if let control = lookup.ownControl { awaited[control] = nil }
        leaveQueue(lookup, &append)
        if let all = lookup.allStates, !all.isDelivered {
            let ended = AllStates.Ended(
                reply: reply, closing: closing, draft: draft.map { (append.number, $0) })
            return gather(lookup, ended, into: all, at: now, append: &append, pending: &pending)
        }
        let bytes =
            written
            ?? encodedWords(reply.message, to: lookup.session, at: now, received: lookup.question.received)
        end(lookup, closing, telling: bytes, of: draft, at: now, append: &append, pending: &pending)
        addMail(bytes, to: lookup.session, in: &append, pending: &pending)
    }

    /// The last entry of a look-up.
    ///
    /// - Parameter bytes: the message that tells the asker; `nil` if it has been told already.
    mutating func end(
        _ lookup: Lookup, _ closing: Closing, telling bytes: [UInt8]?, of draft: Int? = nil,
        at now: Timestamp,
        append: inout Append, pending: inout Pending
    ) {
        lookup.phase = .closing
        let ledger = ledgerNames.lane(lookup.owner, at: now)
        let entry = ClosingEntry(
            ledger: ledger, time: UInt64(now.milliseconds), transaction: lookup.id,
            question: lookup.place?.position ?? 0,
            questionLedger: lookup.place.flatMap { $0.ledger == ledger ? nil : $0.ledger },
            ending: closing.ending, records: UInt64(closing.records), given: closing.given.rawValue,
            withheld: (closing.withheld ?? lookup.ruling.judgement.asked).rawValue,
            deciding: names(lookup.ruling).deciding, recordFacts: closing.recordFacts,
            versions: lookup.ruling.versions,
            answer: bytes.map { Commitment(.answer, salt: lookup.salt.forAnswer, body: $0) })
        append.drafts.append(.closing(entry, ofDraft: draft))
        if lookup.isApproved, !lookup.approvals.isEmpty {
            append.releasedHeld.append(lookup.id)
        }
        pending.ended.append(lookup.id)
    }

    /// Look-ups whose time is up: without an answer, or held and undecided.
    package mutating func deadlinePassed(at now: Timestamp, fresh: inout FreshBytes) -> [Effect] {
        var effects: [Effect] = []
        while let item = deadlines.first(isGone: { lookups[$0] == nil }), item.until <= now {
            deadlines.removeFirst()
            guard let lookup = lookups[item.id] else { continue }
            var append = newAppend()
            var pending = Pending()
            if let all = lookup.allStates, !all.isDelivered, all.until <= now {
                if deliverIfRecorded(all, at: now, append: &append, pending: &pending) {
                    effects.append(.append(seal(append, then: pending)))
                } else {
                    deadlines.add(lookup.id, until: now + .seconds(1))
                }
                continue
            }
            switch lookup.phase {
            case .asking(let until) where until <= now && lookup.isLate:
                // The merged answer has said so.
                if let control = lookup.ownControl { awaited[control] = nil }
                leaveQueue(lookup, &append)
                end(lookup, Closing(.noAnswer), telling: nil, at: now, append: &append, pending: &pending)
            case .asking(let until) where until <= now:
                let reply = Reply.noAnswer(lookup, why: .timeOut, settings: settings)
                close(lookup, with: reply, Closing(.noAnswer), at: now, append: &append, pending: &pending)
            case .held(let until, let fallback) where until <= now:
                holdPassed(
                    lookup, fallback: fallback, at: now, append: &append, pending: &pending, fresh: &fresh)
            case .waiting(let until) where until <= now:
                let reply = Reply.noAnswer(lookup, why: .outOfService, settings: settings)
                close(lookup, with: reply, Closing(.noAnswer), at: now, append: &append, pending: &pending)
            case .recording, .asking, .held, .waiting, .ended, .closing: continue
            }
            effects.append(.append(seal(append, then: pending)))
        }
        if !queue.isEmpty || !queue.awake.isEmpty || !services.isEmpty || !broken.isEmpty {
            effects += queueLooked(at: now, fresh: &fresh)
        }
        return effects
    }

    /// When `deadlinePassed` has something to do next; `nil` if nothing waits.
    package mutating func nextDeadline() -> Timestamp? {
        let lookup = deadlines.first { lookups[$0] == nil }?.until
        if queue.isEmpty, queue.awake.isEmpty, services.isEmpty, broken.isEmpty { return lookup }
        return [lookup, nextLook()].compactMap { $0 }.min()
    }
}
