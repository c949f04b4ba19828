import ComityLedger
package import ComityMessages

/// Questions to all states at once, or to all of a region.
extension Exchange {
    /// How long an owner has to answer a look-up. Behind a question to all states it may be late: its answer is then
    /// delivered singly.
    func patience(_ lookup: Lookup) -> Duration {
        lookup.allStates == nil ? settings.answerTime : settings.lateTime
    }

    /// One of the look-ups has ended. The closing is written when the merged answer goes out.
    mutating func gather(
        _ lookup: Lookup, _ ended: AllStates.Ended, into all: AllStates, at now: Timestamp,
        append: inout Append, pending: inout Pending
    ) {
        lookup.phase = .ended
        all.set(.ended(lookup, ended), for: lookup.owner)
        if all.isComplete { deliver(all, at: now, append: &append, pending: &pending) }
    }

    /// One of the look-ups waits for a person.
    mutating func gather(
        held lookup: Lookup, _ reply: Reply, into all: AllStates, at now: Timestamp, append: inout Append,
        pending: inout Pending
    ) {
        all.set(.held(lookup, reply), for: lookup.owner)
        if all.isComplete { deliver(all, at: now, append: &append, pending: &pending) }
    }

    /// The time is up: what is there goes out, and who is missing is named. `false` if the questions themselves are
    /// not on the disk yet: nothing may be said before.
    mutating func deliverIfRecorded(
        _ all: AllStates, at now: Timestamp, append: inout Append, pending: inout Pending
    ) -> Bool {
        guard all.isRecorded else { return false }
        deliver(all, at: now, append: &append, pending: &pending)
        return true
    }

    private mutating func deliver(
        _ all: AllStates, at now: Timestamp, append: inout Append, pending: inout Pending
    ) {
        var answers = all.notAsked.map { ExpectedAnswer(owner: $0, status: .notAsked) }
        var ended: [(lookup: Lookup, ended: AllStates.Ended, section: [String])] = []
        var late: [Lookup] = []
        var one: Lookup?
        for (owner, part) in all.deliver() {
            switch part {
            case .waiting(let lookup):
                one = lookup
                late.append(lookup)
                answers.append(
                    ExpectedAnswer(owner: owner, status: .noAnswer, reference: Reference(lookup.id)))
            case .held(let lookup, let reply):
                one = lookup
                answers.append(ExpectedAnswer(reply, of: lookup, rule: shownRule(lookup)))
            case .ended(let lookup, let done):
                one = lookup
                let answer = ExpectedAnswer(done.reply, of: lookup, rule: shownRule(lookup))
                answers.append(answer)
                let hasSection = MergedAnswer.hasSection(answer.status)
                ended.append((lookup, done, hasSection ? MergedAnswer.section(done.reply) : []))
            }
        }
        guard let one else { return }
        answers.sort { $0.owner < $1.owner }
        var lines = [MergedAnswer.firstLine(answers)] + answers.map(\.description)
        var singly: [Bool] = []
        // Whatever does not fit into one message comes in its own.
        var length = lines.reduce(Self.roomForHeader) { $0 + $1.utf8.count + 2 }
        for item in ended {
            let more = item.section.reduce(0) { $0 + $1.utf8.count + 2 }
            singly.append(length + more > LegacyCodec.maximumLength)
            if !singly.last! {
                length += more
                lines += item.section
            }
        }
        let question = one.question
        let merged = Message(
            key: question.answerKey, origin: settings.ori, destinations: [.agency(question.message.origin)],
            control: question.message.control, elements: [], text: lines.joined(separator: "\n"))
        let bytes = encodedWords(merged, to: one.session, at: now, received: question.received)
        addMail(bytes, to: one.session, in: &append, pending: &pending)
        for (item, isSingle) in zip(ended, singly) {
            var told = bytes
            if isSingle {
                told = encodedWords(
                    item.ended.reply.message, to: one.session, at: now, received: question.received)
                addMail(told, to: one.session, in: &append, pending: &pending)
            }
            let draft = item.ended.draft.flatMap { $0.append == append.number ? $0.place : nil }
            end(
                item.lookup, item.ended.closing, telling: told, of: draft, at: now, append: &append,
                pending: &pending)
        }
        for lookup in late { lookup.isLate = true }
    }

    /// Bytes kept for the header of a merged answer.
    private static let roomForHeader = 400
}

extension Message {
    /// Whether it goes to the network or to a region, and its answers are merged.
    package func isToMany(_ tables: CodeTables) -> Bool {
        destinations.contains(.member(.network)) || addressesRegion(tables: tables)
    }
}
