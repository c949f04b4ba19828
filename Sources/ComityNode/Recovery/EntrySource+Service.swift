package import ComityLedger
package import ComityStore

extension EntrySource {
    /// What was ever said of service, in order.
    package func serviceEntries() throws -> [ServiceEntry] {
        try controlEntries().compactMap { row in
            if case .service(let entry) = try LedgerEntry(decoding: row.bytes) { entry } else { nil }
        }
    }
}
