package import ComityExchange
package import ComityLedger
package import ComityMessages
package import ComityStore

/// What is to be erased of one look-up. Finding it changes nothing.
package struct ErasurePlan: Sendable {
    package let erasure: Erasure
    /// Epoch keys under which it was sealed.
    package let epochs: [UInt64]
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
        guard let row = try Self.row(of: lookup, reference, views: views, store: store) else {
            throw ServiceError(
                "reference-unknown", "no look-up `\(reference)` is recorded here", next: "check it")
        }
        guard let sealed = row.body else {
            throw ServiceError(
                "erased-already", "the envelope of look-up `\(reference)` is erased already",
                next: "`comity ledger export --control --format csv` lists the erasures")
        }
        self.lookup = lookup
        epochs = (try? Envelope.epochs(of: sealed)) ?? []
        erasure = Erasure(
            lane: lane, basis: basis, order: order,
            positions: EraseEntry.Stretch(first: row.position, last: row.position)!, questions: [row.id])
    }

    private static func check(_ order: String) throws(ServiceError) {
        guard EraseEntry.isOrder(order) else {
            throw ServiceError(
                "order-unfit",
                "the text of the order must have 1 to \(EraseEntry.maximumTextLength) bytes and no line breaks",
                next: "name the court and its file number, and no person: the text is public for good")
        }
    }

    /// The entry of a question, through the read models, and past their end in the entries themselves.
    private static func row(
        of lookup: RecordedLookup, _ reference: Reference, views: some LookupViews, store: some EntrySource
    ) throws -> EntryRow? {
        let transaction = lookup.question.transaction
        var cursor = try views.cursor()
        if let id = try views.lookups(reference: reference.bits)
            .first(where: { $0.transaction == transaction.bytes })?.question
        {
            return try store.entries(after: id - 1, limit: 1).first { $0.id == id }
        }
        while let rows = Optional(try store.entries(after: cursor, limit: 2000)), let last = rows.last {
            for row in rows {
                if case .question(let entry) = try LedgerEntry(decoding: row.bytes),
                    entry.transaction == transaction
                {
                    return row
                }
            }
            cursor = last.id
        }
        return nil
    }
}

extension ErasurePlan {
    /// Refuses an order whose text holds what the look-up asked by: it would be public for good.
    ///
    /// - Throws: `order-tells`.
    package func checkOrder(_ keys: inout OwnerKeys, tables: CodeTables, store: some EntrySource) throws {
        guard let id = erasure.questions.first,
            let sealed = try store.entries(after: id - 1, limit: 1).first?.body,
            case .body(let body, _) = try keys.open(sealed, of: lookup.question, store: store),
            let order = erasure.order
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
