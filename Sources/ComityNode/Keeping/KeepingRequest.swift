package import ComityExchange
package import ComityLedger
package import ComityMessages

/// What somebody wants done with the ledgers of a home, as it goes over the control socket.
package struct KeepingRequest: Hashable, Sendable, Codable {
    /// What to do; the other fields go with one of them each.
    package enum Action: String, Codable, Sendable { case erase, expire, access, service, resend }

    package var `do`: Action
    /// Erase: the reference of the look-up. Resend: that of the message.
    package var reference: String?
    /// Erase: whose look-up it must be. Expire: only this owner's; with the network's code, those of messages that were
    /// passed on.
    package var owner: String?
    /// Erase: `court-order` or `request`.
    package var basis: String?
    /// Erase: the text of the order.
    package var order: String?
    /// Expire: nothing that was asked on this day or later.
    package var before: String?
    /// Access, service: the entry to be written, in hexadecimal; its time is set by whoever writes it.
    package var entry: String?
    /// Resend: to whom, of those that had it.
    package var destinations: [String]?
    /// Resend: who wants it, and why.
    package var person: String?
    package var reason: String?
    /// Resend: what lay in the envelope, in hexadecimal; whoever asks has opened it.
    package var body: String?

    private init(_ action: Action) { self.do = action }

    /// Erase the envelope of one look-up.
    package static func erase(
        _ reference: Reference, owner: MemberCode, basis: EraseEntry.Basis, order: String
    ) -> KeepingRequest {
        var request = KeepingRequest(.erase)
        request.reference = reference.description
        request.owner = owner.description
        request.basis = basis.word
        request.order = order
        return request
    }

    /// Erase the envelopes whose time is up.
    package static func expire(owner: MemberCode? = nil, before: Day? = nil) -> KeepingRequest {
        var request = KeepingRequest(.expire)
        request.owner = owner?.description
        request.before = before?.description
        return request
    }

    /// Write down that somebody looked.
    package static func access(_ entry: AccessEntry) throws(EntryError) -> KeepingRequest {
        var request = KeepingRequest(.access)
        request.entry = Hex.text(try LedgerEntry.access(entry).encode())
        return request
    }

    /// Send a message once more that was passed on before.
    ///
    /// - Parameter body: what lay in its envelope.
    package static func resend(
        _ reference: Reference, to destinations: [Address], person: String, reason: String, body: RelayBody
    ) -> KeepingRequest {
        var request = KeepingRequest(.resend)
        request.reference = reference.description
        request.destinations = destinations.map(\.description)
        (request.person, request.reason) = (person, reason)
        request.body = Hex.text(body.encode())
        return request
    }

    /// Say what a destination takes from now on.
    package static func service(_ entry: ServiceEntry) throws(EntryError) -> KeepingRequest {
        var request = KeepingRequest(.service)
        request.entry = Hex.text(try LedgerEntry.service(entry).encode())
        return request
    }
}

/// What was done.
package struct KeepingReport: Hashable, Sendable, Codable {
    /// Where an entry was written.
    package struct Place: Hashable, Sendable, Codable {
        package let ledger: String
        package let position: UInt64

        package init(ledger: String, position: UInt64) {
            self.ledger = ledger
            self.position = position
        }
    }

    /// The entries, the first of them only if there are many.
    package var entries: [Place] = []
    /// Envelopes erased, by owner; those beside the operations ledger under the network's code.
    package var erased: [String: Int] = [:]
    /// What becomes of each copy of a message that is sent again.
    package var copies: [String]?
    /// Epoch keys that went because nothing was left under them.
    package var epochKeys = 0
    /// Whether what was erased is gone from the database's file and its log.
    package var isGone = true

    /// Entries kept in a report.
    static let entriesKept = 16

    package init() {}

    mutating func add(_ places: [EntryPlace]) {
        for place in places where entries.count < Self.entriesKept {
            entries.append(Place(ledger: place.ledger.description, position: place.position))
        }
    }
}
