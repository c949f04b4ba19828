package import ComityExchange
package import ComityMessages
package import ComityRecords

extension RecordSource {
    /// Answers a question as the exchange puts it.
    package func answer(_ ask: Ask) -> RecordAnswer {
        let query = try? RecordQuery(
            ask.message, kind: ask.request.kind, owner: ask.owner, photoAsked: ask.request.photoAsked)
        // The rules of the key passed, so this is a search that no file serves.
        return query.map { answer($0) } ?? .fileNotAvailable
    }
}
