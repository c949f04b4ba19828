package import ComityExchange
import ComityLedger
package import ComityStore

extension EntrySource {
    /// What members posted, as it stands.
    package func postings() throws -> Postings {
        var postings = Postings()
        for row in try controlEntries() {
            if case .posting(let entry) = try LedgerEntry(decoding: row.bytes) {
                postings.add(entry, text: row.body)
            }
        }
        return postings
    }
}
