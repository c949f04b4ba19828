import ComityDirectory
import ComityLedger
import ComityMessages
import ComityPolicy

extension Refusal {
    static let archiveSealed = Refusal(
        "archive-sealed", number: 22,
        "messages are sealed for owner, requester and auditor, and this switch cannot search them for a name; FND searches "
            + "the facts of questions")
    static let archiveRequester = Refusal(
        "archive-requester-unknown", number: 1, "the directory does not know the sender's agency ID (ORI)")
    static let archiveOfAnother = Refusal(
        "archive-of-another", number: 1,
        "an agency searches the questions of its own member's agencies, and all of them in its own member's ledger only"
    )
    static let archiveTypes = Refusal(
        "archive-types", number: 22,
        "TYP: none of these keys is a look-up, and owners' ledgers hold look-ups only")
    static let archivePeriod = Refusal("archive-period", number: 10, "END: it lies before BEG")
    static let archiveReference = Refusal(
        "archive-reference", number: 22, "REF: the reference of a look-up has sixteen hexadecimal digits")
    static let archiveElsewhere = Refusal(
        "archive-elsewhere", number: 19,
        "this owner judges for itself, and the ledger that counts is that of its own switch; search there")
    static let archiveOwner = Refusal(
        "archive-owner-unknown", number: 19, "DST: nobody whose ledger could be searched")
}

/// Searches of the archive: look-ups of owners' ledgers. Each is judged by the owner's policy (request kind
/// `archive-search`), recorded in its ledger like any other, and noted there as an access.
///
/// Source: Nlets guide, "RAND archive".
extension Exchange {
    static let receivedAndQueued = "RECEIVED AND QUEUED"
    static let factsOnly =
        "FACTS ONLY: messages are sealed for owner, requester and auditor, and were not searched. "
        + "The last moments may be missing."

    /// What is wrong with a search; `nil` if it can be put to owners' policies.
    func archiveRefusal(_ message: Message) -> Refusal? {
        if message.value("NAM") != nil { return .archiveSealed }
        guard let requester = rulebook.directory.agency(message.origin)?.member else {
            return .archiveRequester
        }
        let owner = archiveOwner(message)
        if message.value("DST") != nil, owner == nil { return .archiveOwner }
        if let source = message.value("SRC").flatMap({ Address($0) }), owner != requester,
            member(source) != requester
        {
            return .archiveOfAnother
        }
        if message.key == .nfq {
            return message.value("REF").flatMap { Reference($0) } == nil ? .archiveReference : nil
        }
        if archiveKeys(message).map(\.isEmpty) == true { return .archiveTypes }
        guard let begin = message.value("BEG").flatMap(Timestamp.moment),
            let end = message.value("END").flatMap(Timestamp.moment), begin.start < end.start + end.length
        else { return .archivePeriod }
        return nil
    }

    /// Whether an owner's ledger can be searched here: one that judges for itself has its policy elsewhere, and nobody but its
    /// policy may open its ledger.
    func keepsArchive(of owner: MemberCode) -> Bool {
        settings.owners[owner] != nil && !judgesForItself(owner)
    }

    /// Whose ledger alone is searched; `nil` if those of all owners.
    func archiveOwner(_ message: Message) -> MemberCode? {
        message.value("DST").flatMap { Address($0) }.flatMap { member($0) }
    }

    /// The look-up keys among `TYP/`; `nil` for all of them.
    private func archiveKeys(_ message: Message) -> Set<MessageKey>? {
        guard let types = message.value("TYP"), types.uppercased() != "ALL" else { return nil }
        return Set(
            types.uppercased().split(separator: ",").compactMap { MessageKey(String($0)) }
                .filter { tables.rule(for: $0)?.requests != nil })
    }

    /// The types that no ledger of an owner holds, as they were written.
    private func skipped(_ message: Message) -> Int {
        guard let types = message.value("TYP"), let keys = archiveKeys(message) else { return 0 }
        return types.split(separator: ",").count - keys.count
    }

    /// What the archive of one owner is asked.
    func archiveSearch(_ lookup: Lookup) -> ArchiveSearch? {
        let message = lookup.question.message
        guard lookup.question.request.kind == .archiveSearch,
            let requester = rulebook.directory.agency(message.origin)?.member
        else { return nil }
        var askers = lookup.owner == requester ? ArchiveSearch.Askers.everybody : .member(requester)
        switch message.value("SRC").flatMap({ Address($0) }) {
        case .agency(let ori): askers = .agency(ori)
        case .member(let code): askers = .member(tables.canonical(code))
        case nil: break
        }
        let end = message.value("END").flatMap(Timestamp.moment)
        let words = ["FND", "AND", "ORR"].compactMap { message.value($0)?.uppercased() }
        return ArchiveSearch(
            askers: askers, from: message.value("BEG").flatMap(Timestamp.moment)?.start,
            to: end.map { $0.start + $0.length }, keys: archiveKeys(message),
            words: words.contains("*") ? words.filter { $0 != "*" } : words,
            needsAll: message.value("ORR") == nil, reference: message.value("REF").flatMap { Reference($0) },
            directory: rulebook.directory)
    }

    /// The archive answered: judged once more under the versions now in force, noted in the ledger that was searched, and
    /// told.
    mutating func archived(
        _ entries: [String], isCut: Bool, _ lookup: Lookup, at now: Timestamp, append: inout Append,
        pending: inout Pending
    ) {
        lookup.ruling = lookup.ruling.answered(by: rulebook.judgeQuestion(lookup.facts))
        let ledger = ledgerNames.lane(lookup.owner, at: now)
        append.drafts.append(
            .other(
                .access(
                    AccessEntry(
                        ledger: ledger, time: UInt64(max(0, now.milliseconds)), action: .search,
                        role: "requester", reason: "archive-search")), body: nil))
        switch lookup.ruling.judgement.gate {
        case .held where !lookup.isApproved:
            holdOnAnswer(lookup, recordFacts: [], at: now, append: &append, pending: &pending)
        case .refused:
            let reply = Reply.refused(
                lookup, rule: shownRule(lookup), settings: settings, words: words(lookup, isAnswer: true))
            close(lookup, with: reply, Closing(.refusedOnAnswer), at: now, append: &append, pending: &pending)
        case .held, .open:
            let reply = Reply.archived(
                lookup, entries, isCut: isCut, skipped: skipped(lookup.question.message))
            // Facts of questions belong to no field group: none is given, and none is withheld.
            let closing = Closing(.release, records: entries.count, withheld: [])
            close(lookup, with: reply, closing, at: now, append: &append, pending: &pending)
        }
    }
}

extension Reply {
    /// The entries that a search found.
    static func archived(_ lookup: Lookup, _ entries: [String], isCut: Bool, skipped: Int) -> Reply {
        let question = lookup.question.message
        var lines = [
            StatusLine(outcome: .released, owner: lookup.owner, reference: Reference(lookup.id)).description
        ]
        if lookup.isLate { lines.append(lateWords) }
        lines.append(Exchange.factsOnly)
        if skipped > 0 { lines.append("SKIPPED: \(skipped) of TYP, which are no look-ups.") }
        lines += entries.isEmpty ? ["NOT ON FILE"] : entries
        if isCut { lines.append("There are more than these \(entries.count). Ask for a shorter time.") }
        return Reply(
            outcome: .released,
            message: Message(
                key: lookup.question.answerKey, origin: SystemMessages.origin,
                destinations: [.agency(question.origin)], control: question.control,
                text: lines.joined(separator: "\n")), line: entries.isEmpty ? .notOnFile : .released)
    }
}
