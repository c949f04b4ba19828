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

extension LedgerEntry {
    /// Whether what lies beside the entry is an envelope, which can be erased. A posting's text and a policy's are public.
    var hasEnvelope: Bool { kind.hasEnvelope }
}

extension LedgerEntry.Kind {
    /// Whether an envelope lies beside entries of this type.
    var hasEnvelope: Bool {
        switch self {
        case .question, .review, .relay, .resend: true
        default: false
        }
    }
}
