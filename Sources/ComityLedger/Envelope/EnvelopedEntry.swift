/// An entry that an envelope lies beside: where the envelope opens, and what must be in it.
public protocol EnvelopedEntry: Sendable {
    /// The place that the envelope is bound to; it opens nowhere else.
    var envelopePlace: BodyPlace { get }
    /// The commitment to what is in the envelope.
    var body: Commitment { get }
    /// The commitment of what an envelope beside an entry of this type held.
    ///
    /// - Throws: `CBORError` if it is no body of this type.
    static func commitment(ofBody encoded: [UInt8]) throws(CBORError) -> Commitment
}

extension QuestionEntry: EnvelopedEntry {
    public var envelopePlace: BodyPlace { BodyPlace(.question, ledger: ledger, transaction: transaction) }

    public static func commitment(ofBody encoded: [UInt8]) throws(CBORError) -> Commitment {
        try QuestionBody(decoding: encoded).commitment(encoded: encoded)
    }
}

extension ReviewEntry: EnvelopedEntry {
    public var envelopePlace: BodyPlace { BodyPlace(.review, ledger: ledger, transaction: transaction) }

    public static func commitment(ofBody encoded: [UInt8]) throws(CBORError) -> Commitment {
        try ReviewBody(decoding: encoded).commitment()
    }
}

extension RelayEntry: EnvelopedEntry {
    public var envelopePlace: BodyPlace {
        BodyPlace(.relay, ledger: ledger, transaction: TransactionID(of: message))
    }

    public static func commitment(ofBody encoded: [UInt8]) throws(CBORError) -> Commitment {
        try RelayBody(decoding: encoded).commitment()
    }
}

extension ResendEntry: EnvelopedEntry {
    public var envelopePlace: BodyPlace {
        BodyPlace(.resend, ledger: ledger, transaction: TransactionID(of: message))
    }

    public static func commitment(ofBody encoded: [UInt8]) throws(CBORError) -> Commitment {
        try ResendBody(decoding: encoded).commitment()
    }
}

extension LedgerEntry {
    /// The entry as one that an envelope lies beside; `nil` if none does. A posting's text and a policy's are public.
    public var enveloped: (any EnvelopedEntry)? {
        switch self {
        case .question(let entry): entry
        case .review(let entry): entry
        case .relay(let entry): entry
        case .resend(let entry): entry
        default: nil
        }
    }
}

extension LedgerEntry.Kind {
    /// Whether an envelope, which can be erased, lies beside entries of this type.
    public var hasEnvelope: Bool {
        switch self {
        case .question, .review, .relay, .resend: true
        default: false
        }
    }
}
