import ComityLedger
import ComityNode
import Foundation

extension HomeOption {
    /// Writes into a ledger that somebody looks at it, before anything of it is shown.
    ///
    /// A home that cannot be written on, such as an auditor's copy, is read all the same, and a note says that nothing
    /// was recorded. The control ledger is public: nobody's look at it is recorded.
    ///
    /// - Parameters:
    ///   - reason: the verb, as the ledger has it.
    ///   - first: the first position that is shown, and how many; both `nil` if no entry is shown by itself.
    func recordView(
        of ledger: LedgerName, _ action: AccessEntry.Action, reason: String, first: UInt64? = nil,
        count: UInt64? = nil
    ) {
        guard ledger.kind != .control else { return }
        do {
            _ = try open().keep(
                .access(
                    AccessEntry(
                        ledger: ledger, time: 0, action: action, role: "operator", reason: reason,
                        first: first, count: count)))
        } catch {
            let note = "note: this \(reason) is not recorded in the ledger: \(error)\n"
            FileHandle.standardError.write(Data(note.utf8))
        }
    }
}
