package import ComityLedger
package import ComityMessages

/// What members posted and the switch keeps: help texts, and wishes to change the directory.
package struct Postings: Sendable {
    /// Help texts by the address under which they are asked for.
    package private(set) var help: [ORI: String] = [:]
    /// Wishes by agency; the newest counts.
    package private(set) var wishes: [ORI: DirectoryWish] = [:]

    package init() {}

    /// Takes in one entry of the control ledger with the text beside it. A text that is not the one of the entry is left
    /// out: then there is none.
    package mutating func add(_ entry: PostingEntry, text: [UInt8]?) {
        guard let subject = ORI(entry.subject) else { return }
        let text = text.flatMap {
            entry.text == PostingEntry.hash($0) ? String(decoding: $0, as: UTF8.self) : nil
        }
        switch entry.kind {
        case .helpReplaced, .helpAppended, .helpCancelled: help[subject] = text
        case .agencyAdded, .agencyModified: wishes[subject] = text.flatMap { DirectoryWish(row: $0) }
        case .agencyCancelled: wishes[subject] = DirectoryWish(cancelling: subject)
        }
    }
}

extension Exchange {
    /// What earlier processes recorded, in the order of the control ledger.
    package mutating func restore(_ postings: Postings) { self.postings = postings }

    /// Records what a member posts, keeps it, and answers.
    ///
    /// - Parameter text: the text as it stands from now on; `nil` if there is none any more.
    mutating func post(
        _ kind: PostingEntry.Kind, _ subject: ORI, text: String?, answer: Message, _ message: Message,
        _ arrival: Arrival, permit: LinkPermit, fresh: inout FreshBytes
    ) -> [Effect] {
        let duplicate = message.control == nil ? nil : duplicates.key(of: arrival.bytes)
        if let duplicate, duplicates.holds(duplicate, at: arrival.at) {
            return refuse(arrival, .duplicate, message: message, fresh: &fresh)
        }
        if let duplicate { duplicates.add(duplicate, at: arrival.at) }
        let bytes = text.map { Array($0.utf8) }
        let entry = PostingEntry(
            ledger: ledgerNames.control, time: UInt64(max(0, arrival.at.milliseconds)), kind: kind,
            subject: subject.description, message: fresh.message(), link: permit.name,
            agency: message.origin.description, length: UInt64(bytes?.count ?? 0),
            text: bytes.map(PostingEntry.hash))
        postings.add(entry, text: bytes)
        return reply(
            answer, recording: .posting(entry, text: bytes, duplicateKey: duplicate?.bytes), to: arrival)
    }

    /// One entry, and one message to the link that asked; the message goes out when the entry is durable.
    mutating func reply(_ answer: Message, recording draft: Draft, to arrival: Arrival) -> [Effect] {
        var append = newAppend()
        var pending = Pending(received: (arrival.session, arrival.sequence))
        append.sessions = [links.state(arrival.session)]
        append.drafts = [draft]
        addMail(
            encodedWords(answer, to: arrival.session, at: arrival.at, received: arrival.at),
            to: arrival.session, in: &append, pending: &pending)
        return [.append(seal(append, then: pending))]
    }
}
