import ComityLedger
import ComityMessages

extension LedgerName {
    /// Whose envelopes lie beside a ledger: its owner's, or the network's beside the operations ledger; `nil` for the control
    /// ledger, beside which nothing is sealed.
    var keeper: String? {
        switch kind {
        case .lane(let owner, _): owner
        case .operations: MemberCode.network.description
        case .control: nil
        }
    }
}
