import ComityMessages

/// Rows become records.
extension RecordReader {
    borrowing func drivers(_ statement: borrowing Statement, _ query: RecordQuery) -> Found? {
        rows(of: statement) { record in
            append(tags.driver, from: statement, startingAt: 5, to: &record.elements)
            if query.photoAsked {
                let photo = statement.text(4)
                if !photo.isEmpty { record.elements.append(tags.photo.element(photo)) }
            }
            if query.kind == .driverHistory {
                guard append(historyOf: statement.number(0), to: &record.elements) else { return false }
            }
            record.facts = Self.driverFacts(statement)
            return true
        }
    }

    borrowing func list(_ statement: borrowing Statement) -> Found? {
        rows(of: statement) { record in
            append(tags.list, from: statement, startingAt: 4, to: &record.elements)
            record.facts = Self.driverFacts(statement)
            return true
        }
    }

    borrowing func vehicles(_ statement: borrowing Statement) -> Found? {
        rows(of: statement) { record in
            append(tags.vehicle, from: statement, startingAt: 2, to: &record.elements)
            record.facts = RecordFacts.vehicle(
                protected: statement.number(0) != 0, minor: statement.number(1) != 0)
            return true
        }
    }

    /// Fills a record for each row, and ends the use of the statement; `nil` if one cannot be read.
    private borrowing func rows(
        of statement: borrowing Statement, _ fill: (inout VehicleRecord) -> Bool
    ) -> Found? {
        defer { statement.finish() }
        var found = Found()
        while true {
            guard let more = statement.step() else { return nil }
            guard more else { return found }
            guard found.records.count < Self.maximumRecords else {
                found.hasMore = true
                return found
            }
            var record = VehicleRecord(elements: [])
            record.elements.reserveCapacity(tags.driver.count + 4)
            guard fill(&record) else { return nil }
            found.records.append(record)
        }
    }

    private static func driverFacts(_ statement: borrowing Statement) -> [String: String] {
        RecordFacts.driver(
            protected: statement.number(1) != 0, minor: statement.number(2) != 0,
            documentClass: statement.text(3))
    }

    /// Adds the history lines of a driver; `false` if they cannot be read.
    private borrowing func append(historyOf driver: Int64, to elements: inout [TaggedElement]) -> Bool {
        defer { history.finish() }
        history.bind(driver, at: 1)
        while true {
            guard let more = history.step() else { return false }
            guard more else { return true }
            elements.append(tags.history.element(history.text(0)))
        }
    }

    /// Adds the elements that are not empty.
    private borrowing func append(
        _ tags: [RecordTags.Tag], from statement: borrowing Statement, startingAt first: Int32,
        to elements: inout [TaggedElement]
    ) {
        var column = first
        for tag in tags {
            let value = statement.text(column)
            if !value.isEmpty { elements.append(tag.element(value)) }
            column += 1
        }
    }
}

extension BirthDate {
    /// The candidates as two values; the same twice if there is one.
    var first: String { candidates[0] }
    var last: String { candidates[candidates.count - 1] }
}
