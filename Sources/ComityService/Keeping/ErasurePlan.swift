package import ComityExchange
package import ComityLedger
package import ComityMessages
package import ComityStore

/// What is to be erased of one look-up. Finding it changes nothing.
package struct ErasurePlan: Sendable {
    /// The envelope of the question, and those of what desks noted about it.
    package let erasures: [Erasure]
    /// Epoch keys under which they were sealed, by the hours of their entries, since 1970.
    package let epochs: [UInt64: Set<UInt64>]
    package let lookup: RecordedLookup

    /// - Parameters:
    ///   - owner: whose look-up it must be, so that a mistyped reference erases nobody else's.
    ///   - order: the text of the order, which becomes public.
    /// - Throws: `reference-unknown`, `reference-twice`, `other-owner`, `not-ended`, `erased-already`, `order-unfit`.
    package init(
        _ reference: Reference, owner: MemberCode, basis: EraseEntry.Basis, order: String,
        views: some LookupViews, store: some EntrySource
    ) throws {
        try Self.check(order)
        let found = try RecordedLookup.find(reference, views: views, store: store)
        guard let lookup = found.first, found.count == 1 else {
            throw ServiceError(
                "reference-twice", "two look-ups have the reference `\(reference)`: nothing is erased",
                next: "this happens once in billions of years; ask the maintainers")
        }
        let lane = lookup.question.ledger
        guard lane.owner == owner.description else {
            throw ServiceError(
                "other-owner",
                "the look-up `\(reference)` asked for records of `\(lane.owner ?? "")`, not of `\(owner)`: nothing is erased",
                next: "check the reference, and whose look-up the order names")
        }
        guard lookup.closing != nil else {
            throw ServiceError(
                "not-ended",
                "the look-up `\(reference)` has not ended yet, and needs its envelope until it does",
                next: "try again when it has; `comity explain \(reference)` says")
        }
        let rows = try Self.sealed(lookup, reference, views: views, store: store)
        guard rows.contains(where: { $0.entry.kind == .question }) else {
            throw ServiceError(
                "erased-already", "the envelope of look-up `\(reference)` is erased already",
                next: "`comity ledger export --control --format csv` lists the erasures")
        }
        self.lookup = lookup
        var epochs: [UInt64: Set<UInt64>] = [:]
        erasures = rows.map { entry, row in
            let used = row.body.flatMap { try? Envelope.epochs(of: $0) } ?? []
            epochs[EpochKey.hour(of: entry.time), default: []].formUnion(used)
            return Erasure(
                lane: entry.ledger, basis: basis, order: order,
                positions: EraseEntry.Stretch(first: row.position, last: row.position)!, entries: [row.id])
        }
        self.epochs = epochs
    }

    private static func check(_ order: String) throws(ServiceError) {
        guard EraseEntry.isOrder(order) else {
            throw ServiceError(
                "order-unfit",
                "the text of the order must have 1 to \(EraseEntry.maximumTextLength) bytes and no line breaks",
                next: "name the court and its file number, and no person: the text is public for good")
        }
    }

    /// The entries of a look-up that have an envelope, through the read models, and past their end in the entries
    /// themselves.
    private static func sealed(
        _ lookup: RecordedLookup, _ reference: Reference, views: some LookupViews, store: some EntrySource
    ) throws -> [(entry: LedgerEntry, row: EntryRow)] {
        var found: [Int64: (entry: LedgerEntry, row: EntryRow)] = [:]
        func take(_ row: EntryRow) throws {
            guard row.body != nil else { return }
            let entry = try LedgerEntry(decoding: row.bytes)
            switch entry {
            case .question(let own) where own.transaction == lookup.question.transaction:
                found[row.id] = (entry, row)
            case .review(let own) where own.transaction == lookup.question.transaction:
                found[row.id] = (entry, row)
            default: break
            }
        }
        // The cursor first: what is projected meanwhile is then read twice and not missed.
        var cursor = try views.cursor()
        let known = try views.lookups(reference: reference.bits).map(\.question)
        for id in try known + views.reviews(reference: reference.bits) {
            if let row = try store.entries(after: id - 1, limit: 1).first, row.id == id { try take(row) }
        }
        while true {
            let rows = try store.entries(after: cursor, limit: 2000)
            guard let last = rows.last else { break }
            for row in rows { try take(row) }
            cursor = last.id
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension ErasurePlan {
    /// Refuses an order whose text holds what the look-up asked by: it would be public for good.
    ///
    /// - Throws: `order-tells`.
    package func checkOrder(_ keys: inout OwnerKeys, tables: CodeTables, store: some EntrySource) throws {
        guard let question = erasures.first, let id = question.entries.first, let order = question.order,
            let sealed = try store.entries(after: id - 1, limit: 1).first?.body,
            case .body(let encoded) = try keys.open(sealed, of: lookup.question, store: store),
            let body = try? QuestionBody(decoding: encoded)
        else { return }
        let message = try? LegacyCodec.decode(body.raw, direction: .input, tables: tables)
        let text = Self.plain(order)
        for element in message?.elements ?? [] where Self.telling.contains(element.prefix) {
            for part in element.value.split(separator: ",") where part.count > 3 {
                guard text.contains(Self.plain(String(part))) else { continue }
                throw ServiceError(
                    "order-tells",
                    "the text of the order holds a value of the look-up (element \(element.prefix)): it would be public for good",
                    next: "name the court and its file, and no person")
            }
        }
    }

    /// The elements by which somebody can be found.
    private static let telling: Set<String> = [
        "NAM", "OLN", "DOB", "LIC", "VIN", "SOC", "ATN", "CASE", "FBI", "SID",
    ]

    private static func plain(_ text: String) -> String {
        String(
            text.uppercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) }
        )
    }
}
