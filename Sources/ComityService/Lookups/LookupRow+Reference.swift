import ComityExchange
import ComityLedger
package import ComityStore

extension LookupRow {
    /// The reference that stood in its answer.
    package var reference: String {
        TransactionID(transaction).map { Reference($0).description } ?? ""
    }
}
