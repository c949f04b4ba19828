package import ComityExchange
package import ComityLedger
package import ComityMessages
package import ComityStore

/// A look-up as its owner's ledger holds it: the question, and its end if it has ended.
package struct RecordedLookup: Sendable {
    package let question: QuestionEntry
    /// Where the question stands in its ledger, counted from 0.
    package let questionPosition: UInt64
    package let closing: ClosingEntry?
    package let closingPosition: UInt64?
    /// What desks decided about it, with the places, in order.
    package let reviews: [(entry: ReviewEntry, position: UInt64)]

    package init(
        question: QuestionEntry, questionPosition: UInt64, closing: ClosingEntry? = nil,
        closingPosition: UInt64? = nil, reviews: [(entry: ReviewEntry, position: UInt64)] = []
    ) {
        self.reviews = reviews
        self.question = question
        self.questionPosition = questionPosition
        self.closing = closing
        self.closingPosition = closingPosition
    }

    /// What became of it; `nil` while it is under way.
    package var outcome: Outcome? {
        closing?.outcome ?? (question.gate == .held ? .heldForReview : nil)
    }

    /// Finds look-ups by their reference, through the read models, and past their end in the entries themselves.
    ///
    /// - Throws: `reference-unknown`.
    package static func find(
        _ reference: Reference, views: some LookupViews, store: some EntrySource
    ) throws -> [RecordedLookup] {
        var questions: [(QuestionEntry, UInt64)] = []
        var closings: [TransactionID: (ClosingEntry, UInt64)] = [:]
        var reviews: [Int64: (ReviewEntry, UInt64)] = [:]
        func take(_ row: EntryRow) throws {
            switch try LedgerEntry(decoding: row.bytes) {
            case .question(let entry) where Reference(entry.transaction) == reference:
                questions.append((entry, row.position))
            case .closing(let entry) where Reference(entry.transaction) == reference:
                closings[entry.transaction] = (entry, row.position)
            case .review(let entry) where Reference(entry.transaction) == reference:
                reviews[row.id] = (entry, row.position)
            default: break
            }
        }
        func take(id: Int64) throws {
            if let row = try store.entries(after: id - 1, limit: 1).first, row.id == id { try take(row) }
        }
        // The cursor first: what is projected meanwhile is then read twice and not missed.
        var cursor = try views.cursor()
        let known = try views.lookups(reference: reference.bits)
        for row in known {
            try take(id: row.question)
            if let closing = row.closing { try take(id: closing) }
        }
        for review in try views.reviews(reference: reference.bits) { try take(id: review) }
        while known.isEmpty || known.contains(where: { $0.closing == nil }) {
            let rows = try store.entries(after: cursor, limit: 2000)
            guard let last = rows.last else { break }
            for row in rows { try take(row) }
            cursor = last.id
        }
        guard !questions.isEmpty else {
            throw ServiceError(
                "reference-unknown", "no look-up with the reference `\(reference)` is recorded here",
                next: "check the reference and the home; after a restored backup run `comity rebuild`")
        }
        var seen: Set<TransactionID> = []
        return questions.filter { seen.insert($0.0.transaction).inserted }.map { question, position in
            let end = closings[question.transaction]
            return RecordedLookup(
                question: question, questionPosition: position, closing: end?.0, closingPosition: end?.1,
                reviews: reviews.sorted { $0.key < $1.key }.map(\.value)
                    .filter { $0.0.transaction == question.transaction })
        }
    }
}
